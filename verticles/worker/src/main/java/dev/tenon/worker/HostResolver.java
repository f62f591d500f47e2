package dev.tenon.worker;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/// Finds the addresses of a host name. The future may be completed on any thread.
@FunctionalInterface
interface HostResolver {
  Future<List<InetAddress>> resolve(String host);
}
