package dev.tenon.bus;

/// How a client reached the edge.
///
/// @param protocol `HTTP/1.0`, `HTTP/1.1` or `HTTP/2`; empty when not known, as for requests that no client has made
/// @param tlsVersion e.g. `TLSv1.3`; empty without TLS
/// @param tlsCipher as Java names it, e.g. `TLS_AES_128_GCM_SHA256`; empty without TLS
public record ClientConnection(String protocol, String tlsVersion, String tlsCipher) {

  public static final ClientConnection UNKNOWN = new ClientConnection("", "", "");
}
