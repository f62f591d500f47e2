package dev.tenon.worker;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/// Which addresses belong to the public internet.
///
/// IPv4 is public unless a special-purpose registry lists it; IPv6 is public only inside 2000::/3, and not where it is one of those or carries IPv4 inside.
///
/// @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA IPv4 special-purpose registry</a>
/// @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IANA IPv6 special-purpose registry</a>
final class PublicAddresses {

  private record Block(byte[] prefix, int bits, String what) {

    static Block of(String prefix, int bits, String what) {
      return new Block(InetAddress.ofLiteral(prefix).getAddress(), bits, what);
    }

    boolean contains(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << 8 - (bits - bit) & 0xff;
        if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final Block[] IPV4 = {
      Block.of("0.0.0.0", 8, "an unspecified address"),
      Block.of("10.0.0.0", 8, "a private address"),
      Block.of("100.64.0.0", 10, "a carrier's shared address"),
      Block.of("127.0.0.0", 8, "a loopback address"),
      Block.of("169.254.0.0", 16, "a link-local address"),
      Block.of("172.16.0.0", 12, "a private address"),
      Block.of("192.0.0.0", 24, "a reserved address"),
      Block.of("192.0.2.0", 24, "a reserved address"),
      Block.of("192.88.99.0", 24, "a reserved address"),
      Block.of("192.168.0.0", 16, "a private address"),
      Block.of("198.18.0.0", 15, "a reserved address"),
      Block.of("198.51.100.0", 24, "a reserved address"),
      Block.of("203.0.113.0", 24, "a reserved address"),
      Block.of("224.0.0.0", 4, "a multicast address"),
      Block.of("240.0.0.0", 4, "a reserved address"),
      Block.of("168.63.129.16", 32, "a cloud provider's metadata address"),
  };

  private static final Block MAPPED = new Block(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}, 96, "an IPv4-mapped address");
  private static final Block NAT64 = Block.of("64:ff9b::", 96, "a NAT64 address");
  private static final Block GLOBAL = Block.of("2000::", 3, "");

  private static final Block[] IPV6 = {
      Block.of("::", 128, "an unspecified address"),
      Block.of("::1", 128, "a loopback address"),
      Block.of("64:ff9b:1::", 48, "a NAT64 address"),
      Block.of("2001::", 32, "a Teredo address"),
      Block.of("2001::", 23, "a reserved address"),
      Block.of("2001:db8::", 32, "a reserved address"),
      Block.of("2002::", 16, "a 6to4 address"),
      Block.of("3fff::", 20, "a reserved address"),
      Block.of("fc00::", 7, "a private address"),
      Block.of("fe80::", 10, "a link-local address"),
      Block.of("fec0::", 10, "a private address"),
      Block.of("ff00::", 8, "a multicast address"),
  };

  private PublicAddresses() {}

  /// Why an address is not public, e.g. `a loopback address`; empty when it is.
  static Optional<String> notPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? ipv4(bytes) : ipv6(bytes);
  }

  private static Optional<String> ipv4(byte[] bytes) {
    return listed(IPV4, bytes);
  }

  private static Optional<String> ipv6(byte[] bytes) {
    for (Block carrier : new Block[] {MAPPED, NAT64}) {
      if (carrier.contains(bytes)) {
        return ipv4(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]}).map(what -> carrier.what() + " of " + what);
      }
    }
    Optional<String> listed = listed(IPV6, bytes);
    return listed.isEmpty() && !GLOBAL.contains(bytes) ? Optional.of("a reserved address") : listed;
  }

  private static Optional<String> listed(Block[] blocks, byte[] address) {
    for (Block block : blocks) {
      if (block.contains(address)) {
        return Optional.of(block.what());
      }
    }
    return Optional.empty();
  }
}
