package dev.tenon.gateway;

import dev.tenon.bus.Body;
import dev.tenon.bus.ExchangeResponse;
import dev.tenon.contract.Contract;
import dev.tenon.contract.ContractJoin;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;

/// `/openapi.json`, the contracts of an edge as one document, and `/docs`, Swagger UI over it. Everything is in memory and comes from this host. Immutable;
/// thread-safe.
final class EdgeDocs {

  /// Swagger UI sets styles by itself and shows images as data; nothing else but this host is asked for anything.
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
      + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
  private static final int COMPRESSED_FROM_BYTES = 1024;

  /// A file as it goes out.
  private record Page(String contentType, Buffer content, Buffer compressed, String etag) {}

  private static final class Files {
    /// Read once, when the first edge that has docs opens.
    static final Map<String, Page> ALL = read();

    private static Map<String, Page> read() {
      String webjar = WEBJAR + version() + "/";
      Map<String, Page> all = new LinkedHashMap<>();
      Page index = page("text/html; charset=utf-8", resource("docs/index.html"));
      all.put("/docs", index);
      all.put("/docs/", index);
      all.put("/docs/start.js", page("text/javascript; charset=utf-8", resource("docs/start.js")));
      all.put("/docs/swagger-ui-bundle.js", page("text/javascript; charset=utf-8", resource(webjar + "swagger-ui-bundle.js")));
      all.put("/docs/swagger-ui.css", page("text/css; charset=utf-8", resource(webjar + "swagger-ui.css")));
      all.put("/docs/favicon-32x32.png", page("image/png", resource(webjar + "favicon-32x32.png")));
      return Map.copyOf(all);
    }

    private static String version() {
      Properties properties = new Properties();
      try (InputStream in = EdgeDocs.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties.getProperty("version");
    }

    private static byte[] resource(String name) {
      try (InputStream in = EdgeDocs.class.getResourceAsStream(name)) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Map<String, Page> pages;

  private EdgeDocs(Map<String, Page> pages) {
    this.pages = Map.copyOf(pages);
  }

  /// No pages.
  static final EdgeDocs NONE = new EdgeDocs(Map.of());

  static Future<EdgeDocs> of(Vertx vertx, List<Route> routes) {
    return vertx.executeBlocking(() -> {
      List<Contract> contracts = routes.stream().map(Route::contract).toList();
      String versions = String.join(" ", contracts.stream().map(contract -> contract.name() + "-" + contract.documentVersion()).toList());
      Map<String, Page> pages = new LinkedHashMap<>(Files.ALL);
      String json = ContractJoin.json(contracts, "Contracts of this edge", versions.isEmpty() ? "0" : versions, "/");
      pages.put("/openapi.json", page("application/json", json.getBytes(StandardCharsets.UTF_8)));
      return new EdgeDocs(pages);
    }, false);
  }

  /// The answer to a GET or HEAD of a path; empty where there is no such page.
  Optional<ExchangeResponse> answer(String path, MultiMap request) {
    return Optional.ofNullable(pages.get(path)).map(page -> {
      MultiMap headers = MultiMap.caseInsensitiveMultiMap()
          .set("etag", page.etag())
          .set("cache-control", "no-cache")
          .set("vary", "accept-encoding");
      if (isKnown(request, page)) {
        return new ExchangeResponse(304, "", headers, Body.EMPTY);
      }
      headers.set("content-type", page.contentType());
      headers.set("content-security-policy", POLICY);
      headers.set("x-content-type-options", "nosniff");
      headers.set("referrer-policy", "no-referrer");
      boolean compressed = page.compressed().length() < page.content().length() && takesGzip(request);
      if (compressed) {
        headers.set("content-encoding", "gzip");
      }
      return new ExchangeResponse(200, "", headers, Body.of(compressed ? page.compressed() : page.content()));
    });
  }

  private static boolean isKnown(MultiMap request, Page page) {
    String known = request.get("if-none-match");
    if (known == null) {
      return false;
    }
    for (String tag : known.split(",")) {
      String bare = tag.strip().replaceFirst("^W/", "");
      if (bare.equals("*") || bare.equals(page.etag().replaceFirst("^W/", ""))) {
        return true;
      }
    }
    return false;
  }

  private static boolean takesGzip(MultiMap request) {
    String accepted = request.get("accept-encoding");
    return accepted != null && accepted.toLowerCase(Locale.ROOT).matches(".*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
  }

  private static Page page(String contentType, byte[] bytes) {
    try {
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      if (bytes.length >= COMPRESSED_FROM_BYTES && !contentType.startsWith("image/")) {
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
          gzip.write(bytes);
        }
      } else {
        compressed.write(bytes);
      }
      String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 12);
      return new Page(contentType, Buffer.buffer(bytes), Buffer.buffer(compressed.toByteArray()), "W/\"" + hash + "\"");   // weak: the same for both codings
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
