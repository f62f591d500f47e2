package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressesTest {

  @ParameterizedTest
  @CsvSource(textBlock = """
      1.1.1.1, ''
      93.184.216.34, ''
      172.15.255.255, ''
      172.32.0.0, ''
      100.63.255.255, ''
      100.128.0.0, ''
      169.253.255.255, ''
      223.255.255.255, ''
      0.0.0.0, an unspecified address
      0.1.2.3, an unspecified address
      10.0.0.1, a private address
      100.64.0.1, a carrier's shared address
      100.127.255.255, a carrier's shared address
      127.0.0.1, a loopback address
      127.255.255.254, a loopback address
      169.254.169.254, a link-local address
      172.16.0.1, a private address
      172.31.255.255, a private address
      192.0.0.192, a reserved address
      192.0.2.1, a reserved address
      192.88.99.1, a reserved address
      192.168.1.1, a private address
      198.18.0.1, a reserved address
      198.19.255.255, a reserved address
      198.51.100.1, a reserved address
      203.0.113.1, a reserved address
      224.0.0.1, a multicast address
      239.255.255.255, a multicast address
      240.0.0.1, a reserved address
      255.255.255.255, a reserved address
      168.63.129.16, a cloud provider's metadata address
      2606:4700:4700::1111, ''
      2a00:1450:4001:81b::200e, ''
      ::, an unspecified address
      ::1, a loopback address
      ::127.0.0.1, a reserved address
      ::ffff:127.0.0.1, a loopback address
      ::ffff:169.254.169.254, a link-local address
      ::ffff:1.1.1.1, ''
      64:ff9b::7f00:1, a NAT64 address of a loopback address
      64:ff9b::a9fe:a9fe, a NAT64 address of a link-local address
      64:ff9b::101:101, ''
      64:ff9b:1::1, a NAT64 address
      100::1, a reserved address
      2001::1, a Teredo address
      2001:20::1, a reserved address
      2001:db8::1, a reserved address
      2002:7f00:1::, a 6to4 address
      2002:101:101::, a 6to4 address
      3fff::1, a reserved address
      4000::1, a reserved address
      5f00::1, a reserved address
      fc00::1, a private address
      fd00:ec2::254, a private address
      fe80::1, a link-local address
      fec0::1, a private address
      ff02::1, a multicast address
      """)
  void knowsWhatIsPublic(String address, String expected) {
    assertEquals(expected, PublicAddresses.notPublic(InetAddress.ofLiteral(address)).orElse(""));
  }

  /// Java turns an IPv4-mapped address into an IPv4 one when it reads it; a name service may still hand over the bytes.
  @ParameterizedTest
  @CsvSource({"127, 0, 0, 1, an IPv4-mapped address of a loopback address", "1, 1, 1, 1, ''"})
  void looksInsideMappedBytes(byte a, byte b, byte c, byte d, String expected) throws Exception {
    byte[] bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, a, b, c, d};
    assertEquals(expected, PublicAddresses.notPublic(Inet6Address.getByAddress("x", bytes, -1)).orElse(""));
  }
}
