package dev.tenon.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tenon.service.ComponentManifest.Database;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComponentManifestTest {

  @Test
  void aManifestIsRead() {
    ComponentManifest manifest = parse("""
        name: auth
        version: 1.2.0-rc.1
        main: dev.tenon.auth.AuthService
        contract: contracts/auth/openapi.yaml
        database:
          migrations: db/steps
          connections: 3
        """);
    assertEquals("auth", manifest.name());
    assertEquals("1.2.0-rc.1", manifest.version());
    assertEquals("dev.tenon.auth.AuthService", manifest.main());
    assertEquals("contracts/auth/openapi.yaml", manifest.contract());
    assertEquals(Optional.of(new Database("db/steps", 3)), manifest.database());
  }

  @Test
  void aDatabaseHasDefaultsAndIsNotGivenUnasked() {
    String head = """
        name: auth
        version: 1.2.0
        main: a.B
        contract: c/openapi.yaml
        """;
    assertEquals(Optional.empty(), parse(head).database());
    assertEquals(Optional.of(new Database("db/migration", 8)), parse(head + "database: {}\n").database());
    assertEquals(Optional.of(new Database("db/migration", 8)), parse(head + "database:\n").database());
  }

  @Test
  void everythingWrongIsSaidAtOnceInTheOrderOfTheLines() {
    refuse("""
        name: Auth
        version: v1
        main: AuthService
        database:
          conections: 3
          connections: many
        databse: {}
        name: auth
        """, """
        component.yaml:1 – contract is missing, write the path of an OpenAPI document on the class path, such as contracts/auth/openapi.yaml
        component.yaml:2 – version is 'v1', not a semantic version such as 1.2.0
        component.yaml:3 – main is 'AuthService', not the name of a class with its package
        component.yaml:5 – database.conections is not known
        component.yaml:6 – database.connections is 'many', not a whole number from 1 to 100
        component.yaml:7 – databse is not known
        component.yaml:8 – name is written twice""");
  }

  @Test
  void whatItConsumesIsRead() {
    ComponentManifest manifest = parse("""
        name: usage
        version: 1.2.0
        main: a.B
        contract: c/openapi.yaml
        consumes:
          auth: { version: ^1.2, operations: [getPlan] }
        """);
    assertEquals(Set.of("getPlan"), manifest.consumes().get("auth").operationNames());
    refuse("""
        name: usage
        version: 1.2.0
        main: a.B
        contract: c/openapi.yaml
        consumes:
          auth: { version: one, operations: getPlan }
          ai: { versoin: 1 }
          usage: { version: 1 }
        colour: red
        """, """
        component.yaml:6 – consumes.auth.version is 'one', which is no range of versions – write one as npm does: ^1.2, ~1.2.3, >=1.2 <3, 1.x or ^1 || ^2
        component.yaml:6 – "consumes.auth.operations" is a string – write a list: [getPlan]
        component.yaml:7 – consumes.ai.versoin is not known – write version, operations and events
        component.yaml:7 – consumes.ai.version is missing – write a range such as ^1.2
        component.yaml:8 – consumes "usage", which is the component itself – remove it
        component.yaml:9 – colour is not known""");
  }

  @Test
  void aListWhereAValueBelongsIsNamed() {
    refuse("""
        name: [a, b]
        version: 1.0.0
        main: a.B
        contract: c/openapi.yaml
        database: yes
        """, """
        component.yaml:1 – name is a list or a mapping, not 1 to 48 of a-z, 0-9 and -, starting with a letter
        component.yaml:5 – database is not a mapping""");
  }

  @Test
  void whatIsNoMappingIsRefused() {
    refuse("- a", "component.yaml:1 – the file is not a mapping");
    refuse("name: 'auth", "component.yaml:1 – not YAML: found unexpected end of stream");
    refuse("", """
        component.yaml:1 – name is missing, write 1 to 48 of a-z, 0-9 and -, starting with a letter
        component.yaml:1 – version is missing, write a semantic version such as 1.2.0
        component.yaml:1 – main is missing, write the name of a class with its package
        component.yaml:1 – contract is missing, write the path of an OpenAPI document on the class path, such as contracts/auth/openapi.yaml""");
  }

  private static ComponentManifest parse(String yaml) {
    return ComponentManifest.parse(yaml, "component.yaml");
  }

  private static void refuse(String yaml, String message) {
    assertEquals(message, assertThrows(ServiceException.class, () -> parse(yaml)).getMessage());
  }
}
