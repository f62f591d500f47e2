package dev.tenon.worker.wpt;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A certificate for the hosts of the tests, made for this run, which this process trusts.
final class Certificate {

  private static final String PASSWORD = "web-platform";

  private final Path file;

  private Certificate(Path file) {
    this.file = file;
  }

  /// To be called before anything in this process asks for the trusted certificates.
  static Certificate make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("wpt");
    Path file = folder.resolve("wpt.p12");
    String names = String.join(",", List.of(
        "dns:" + Substitutions.HOST, "dns:*." + Substitutions.HOST, "dns:" + Substitutions.OTHER_HOST, "dns:*." + Substitutions.OTHER_HOST, "dns:localhost"));
    Process keytool = new ProcessBuilder(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "wpt", "-keyalg", "EC", "-groupname", "secp256r1",
        "-dname", "CN=" + Substitutions.HOST, "-ext", "san=" + names, "-validity", "2", "-storetype", "PKCS12", "-storepass", PASSWORD,
        "-keystore", file.toString()).redirectErrorStream(true).start();
    String output = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException("keytool made no certificate: " + output);
    }
    file.toFile().deleteOnExit();
    folder.toFile().deleteOnExit();
    System.setProperty("javax.net.ssl.trustStore", file.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
    return new Certificate(file);
  }

  PfxOptions options() {
    return new PfxOptions().setPath(file.toString()).setPassword(PASSWORD);
  }
}
