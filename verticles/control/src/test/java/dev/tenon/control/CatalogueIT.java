package dev.tenon.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tenon.control.Catalogue.Deployed;
import dev.tenon.control.Catalogue.Upload;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueIT {

  private static final String SOME = "ab".repeat(32);
  private static final String OTHER = "cd".repeat(32);

  @TempDir
  Path directory;

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAddress address = TestPostgres.freshControl();
  private Catalogue catalogue;

  @BeforeEach
  void open() {
    catalogue = Await.result(ControlDatabase.open(vertx, address, NodeKey.load(directory.resolve("node.key")))).catalogue();
  }

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void whatIsDeployedIsWhatShouldRun() {
    UUID auth = deploy("auth", "service", "1.0.0", SOME);
    UUID image = deploy("image-worker", "worker", "0.3.0", SOME);
    assertEquals(List.of(
        new Deployed("auth", "service", "1.0.0", auth, 100),
        new Deployed("image-worker", "worker", "0.3.0", image, 100)), Await.result(catalogue.deployed()));
  }

  @Test
  void theSameUploadAgainChangesNothing() {
    assertEquals(deploy("auth", "service", "1.0.0", SOME), deploy("auth", "service", "1.0.0", SOME));
    assertEquals("1", Sql.value(address, "SELECT count(*) FROM deployment"));
  }

  @Test
  void otherBytesAreAnotherVersionAndTheNewestDeploymentCounts() {
    UUID first = deploy("auth", "service", "1.0.0", SOME);
    UUID second = deploy("auth", "service", "1.0.0", OTHER);
    assertNotEquals(first, second);
    assertEquals(List.of(new Deployed("auth", "service", "1.0.0", second, 100)), Await.result(catalogue.deployed()));
    assertEquals(first, deploy("auth", "service", "1.0.0", SOME));
    assertEquals(List.of(new Deployed("auth", "service", "1.0.0", first, 100)), Await.result(catalogue.deployed()));
  }

  @Test
  void aComponentKeepsItsKind() {
    deploy("auth", "service", "1.0.0", SOME);
    assertEquals("component 'auth' – it is a service, this upload is a worker – give the new one another name",
        Await.failure(catalogue.deploy(new Upload("auth", "worker", "1.0.0", SOME))).getMessage());
    assertEquals("1", Sql.value(address, "SELECT count(*) FROM deployment"));
  }

  private UUID deploy(String component, String kind, String number, String sha256) {
    return Await.result(catalogue.deploy(new Upload(component, kind, number, sha256)));
  }
}
