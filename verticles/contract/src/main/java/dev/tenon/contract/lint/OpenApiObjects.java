package dev.tenon.contract.lint;

import dev.tenon.contract.OpenApiVersion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The objects of OpenAPI as a table.
///
/// A line without indentation is an object; `&` says that a reference may stand in its place. Below it are its fields: `!` after a name says that it is required, `3.0` or
/// `3.1` at the end that only this version has the field so. `*` stands for every other name. What a field holds is a word of [Form], the name of an object, `[…]` for a
/// list and `{…}` for a map.
///
/// @see <a href="https://spec.openapis.org/oas/v3.0.4.html">OpenAPI 3.0.4</a>
/// @see <a href="https://spec.openapis.org/oas/v3.1.1.html">OpenAPI 3.1.1</a>
final class OpenApiObjects {

  private static final String TABLE = """
      document
        openapi! text
        info! info
        jsonSchemaDialect uri 3.1
        servers [server]
        paths! paths 3.0
        paths paths 3.1
        webhooks {path-item} 3.1
        components components
        security [requirement]
        tags [tag]
        externalDocs docs
      info
        title! text
        summary text 3.1
        description text
        termsOfService url
        contact contact
        license license
        version! text
      contact
        name text
        url url
        email email
      license
        name! text
        identifier text 3.1
        url url
      server
        url! text
        description text
        variables {server-variable}
      server-variable
        enum [text]
        default! text
        description text
      docs
        description text
        url! url
      tag
        name! text
        description text
        externalDocs docs
      requirement
        * [text]
      components
        schemas {schema}
        responses {response}
        parameters {parameter}
        examples {example}
        requestBodies {request-body}
        headers {header}
        securitySchemes {security-scheme}
        links {link}
        callbacks {callback}
        pathItems {path-item} 3.1
      paths
        * path-item
      path-item &
        summary text
        description text
        get operation
        put operation
        post operation
        delete operation
        options operation
        head operation
        patch operation
        trace operation
        servers [server]
        parameters [parameter]
      operation
        tags [text]
        summary text
        description text
        externalDocs docs
        operationId text
        parameters [parameter]
        requestBody request-body
        responses! responses 3.0
        responses responses 3.1
        callbacks {callback}
        deprecated boolean
        security [requirement]
        servers [server]
      parameter &
        name! text
        in! one-of:query|header|path|cookie
        description text
        required boolean
        deprecated boolean
        allowEmptyValue boolean
        style one-of:matrix|label|form|simple|spaceDelimited|pipeDelimited|deepObject
        explode boolean
        allowReserved boolean
        schema schema
        example any
        examples {example}
        content {media-type}
      header &
        description text
        required boolean
        deprecated boolean
        allowEmptyValue boolean 3.0
        style one-of:simple
        explode boolean
        allowReserved boolean 3.0
        schema schema
        example any
        examples {example}
        content {media-type}
      request-body &
        description text
        content! {media-type}
        required boolean
      media-type
        schema schema
        example any
        examples {example}
        encoding {encoding}
      encoding
        contentType text
        headers {header}
        style one-of:form|spaceDelimited|pipeDelimited|deepObject
        explode boolean
        allowReserved boolean
      responses
        * response
      response &
        description! text
        headers {header}
        content {media-type}
        links {link}
      callback &
        * path-item
      example &
        summary text
        description text
        value any
        externalValue url
      link &
        operationRef url
        operationId text
        parameters {any}
        requestBody any
        description text
        server server
      security-scheme &
        type! one-of:apiKey|http|oauth2|openIdConnect 3.0
        type! one-of:apiKey|http|oauth2|openIdConnect|mutualTLS 3.1
        description text
        name text
        in one-of:query|header|cookie
        scheme text
        bearerFormat text
        flows flows
        openIdConnectUrl url
      flows
        implicit flow
        password flow
        clientCredentials flow
        authorizationCode flow
      flow
        authorizationUrl url
        tokenUrl url
        refreshUrl url
        scopes! {text}
      discriminator
        propertyName! text
        mapping {text}
      xml
        name text
        namespace url
        prefix text
        attribute boolean
        wrapped boolean
      schema &
        title text
        description text
        default any
        example any
        examples [any] 3.1
        externalDocs docs
        xml xml
        discriminator discriminator
        deprecated boolean
        readOnly boolean
        writeOnly boolean
        nullable boolean 3.0
        type one-of:array|boolean|integer|number|object|string 3.0
        type types 3.1
        format text
        enum [any]
        const any 3.1
        multipleOf positive
        maximum number
        exclusiveMaximum boolean 3.0
        exclusiveMaximum number 3.1
        minimum number
        exclusiveMinimum boolean 3.0
        exclusiveMinimum number 3.1
        maxLength count
        minLength count
        pattern pattern
        maxItems count
        minItems count
        uniqueItems boolean
        maxProperties count
        minProperties count
        required [text]
        allOf [schema]
        oneOf [schema]
        anyOf [schema]
        not schema
        items schema
        properties {schema}
        additionalProperties schema-or-boolean 3.0
        additionalProperties schema 3.1
        $id uri 3.1
        $schema uri 3.1
        $anchor text 3.1
        $dynamicAnchor text 3.1
        $dynamicRef uri 3.1
        $vocabulary {boolean} 3.1
        $comment text 3.1
        $defs {schema} 3.1
        definitions {schema} 3.1
        dependencies any 3.1
        if schema 3.1
        then schema 3.1
        else schema 3.1
        prefixItems [schema] 3.1
        contains schema 3.1
        maxContains count 3.1
        minContains count 3.1
        patternProperties {schema} 3.1
        propertyNames schema 3.1
        dependentSchemas {schema} 3.1
        dependentRequired {[text]} 3.1
        unevaluatedItems schema 3.1
        unevaluatedProperties schema 3.1
        contentEncoding text 3.1
        contentMediaType text 3.1
        contentSchema schema 3.1
      """;

  /// @param referable whether a reference may stand in its place
  /// @param others what fields of any other name hold; empty where there are none
  record Kind(String name, boolean referable, Map<String, Field> fields, Optional<Form> others) {

    /// What a message calls it: `a media type`.
    String words() {
      String spaced = switch (name) {
        case "docs" -> "external documentation";
        case "requirement" -> "security requirement";
        case "xml" -> "XML object";
        case "info", "components", "paths", "responses" -> name + " object";
        case "flow", "flows" -> "OAuth " + name;
        default -> name.replace('-', ' ');
      };
      return ("aeioXO".indexOf(spaced.charAt(0)) >= 0 ? "an " : "a ") + spaced;
    }
  }

  record Field(Form form, boolean required) {}

  private static final Map<OpenApiVersion, Map<String, Kind>> KINDS = Map.of(
      OpenApiVersion.V3_0, read("3.0"),
      OpenApiVersion.V3_1, read("3.1"));

  private OpenApiObjects() {}

  /// @throws IllegalArgumentException when the table has no object of this name
  static Kind kind(OpenApiVersion version, String name) {
    Kind kind = KINDS.get(version).get(name);
    if (kind == null) {
      throw new IllegalArgumentException("the table of OpenAPI's objects has no \"" + name + "\"");
    }
    return kind;
  }

  private static Map<String, Kind> read(String version) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>(TABLE.lines().toList());
    for (int i = 0; i < lines.size();) {
      String head = lines.get(i++);
      String name = head.replace(" &", "");
      Map<String, Field> fields = new LinkedHashMap<>();
      Optional<Form> others = Optional.empty();
      for (; i < lines.size() && lines.get(i).startsWith(" "); i++) {
        String[] words = lines.get(i).strip().split(" ");
        if (words.length == 3 && !words[2].equals(version)) {
          continue;
        }
        if (words[0].equals("*")) {
          others = Optional.of(Form.parse(words[1]));
        } else {
          fields.put(words[0].replace("!", ""), new Field(Form.parse(words[1]), words[0].endsWith("!")));
        }
      }
      kinds.put(name, new Kind(name, head.endsWith("&"), fields, others));
    }
    return kinds;
  }
}
