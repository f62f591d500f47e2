package dev.tenon.worker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/// Ciphers of `node:crypto`, named as OpenSSL names them.
public final class NodeCipherHost {

  private static final Pattern AES = Pattern.compile("(?:id-)?aes-?(128|192|256)(?:-(cbc|ecb|ctr|gcm|ccm|ocb|cfb|cfb8|ofb))?");
  private static final int BLOCK_BYTES = 16;
  private static final int TAG_BYTES = 16;
  private static final byte[] NOTHING = {};

  NodeCipherHost() {}

  /// What a name means.
  ///
  /// @param mode in lower case; `stream` for a stream cipher
  record Kind(String family, String mode, int keyBytes, int ivBytes, int blockBytes) {

    boolean isAuthenticated() {
      return mode.equals("gcm") || mode.equals("ccm") || mode.equals("ocb") || family.equals("ChaCha20-Poly1305");
    }

    static Optional<Kind> of(String name) {
      String lower = name.toLowerCase(Locale.ROOT);
      Matcher aes = AES.matcher(lower);
      if (aes.matches()) {
        String mode = aes.group(2) == null ? "cbc" : aes.group(2);
        int ivBytes = switch (mode) {
          case "ecb" -> 0;
          case "gcm", "ccm", "ocb" -> 12;
          default -> BLOCK_BYTES;
        };
        int blockBytes = mode.equals("cbc") || mode.equals("ecb") ? BLOCK_BYTES : 1;
        return Optional.of(new Kind("AES", mode, Integer.parseInt(aes.group(1)) / 8, ivBytes, blockBytes));
      }
      return switch (lower) {
        case "chacha20-poly1305" -> Optional.of(new Kind("ChaCha20-Poly1305", "stream", 32, 12, 1));
        case "des-ede3-cbc", "des3" -> Optional.of(new Kind("DESede", "cbc", 24, 8, 8));
        case "des-ede3", "des-ede3-ecb" -> Optional.of(new Kind("DESede", "ecb", 24, 0, 8));
        default -> Optional.empty();
      };
    }
  }

  /// `mode keyLength ivLength blockSize`, or null when there is no such cipher.
  @HostAccess.Export
  public String info(String name) {
    return Kind.of(name).map(kind -> kind.mode() + " " + kind.keyBytes() + " " + kind.ivBytes() + " " + kind.blockBytes()).orElse(null);
  }

  /// @param tagBytes of an authenticated cipher; the others ignore it
  @HostAccess.Export
  public Stream open(String name, boolean encrypt, Value key, Value iv, int tagBytes) {
    return new Stream(Kind.of(name).orElseThrow(), encrypt, JsBytes.read(key), iv.isNull() ? new byte[0] : JsBytes.read(iv), tagBytes);
  }

  /// One text being encrypted or decrypted. Nothing is set up before the first bytes come, because padding and additional data may be said until then.
  public static final class Stream {
    private final Kind kind;
    private final boolean encrypt;
    private final byte[] key;
    private final byte[] iv;
    private final int tagBytes;
    private final ByteArrayOutputStream additional = new ByteArrayOutputStream();
    private boolean padding = true;
    private Cipher cipher;
    private Optional<ByteFlow> flow = Optional.empty();
    /// CCM takes its text in one piece, and has its result then.
    private Optional<GeneralSecurityException> wrongPiece = Optional.empty();
    private boolean hadPiece;
    private byte[] tag;
    private long length;

    Stream(Kind kind, boolean encrypt, byte[] key, byte[] iv, int tagBytes) {
      this.kind = kind;
      this.encrypt = encrypt;
      this.key = key;
      this.iv = iv;
      this.tagBytes = tagBytes > 0 ? tagBytes : TAG_BYTES;
    }

    @HostAccess.Export
    public void padding(boolean wanted) {
      padding = wanted;
    }

    @HostAccess.Export
    public void additional(Value data) {
      additional.writeBytes(JsBytes.read(data));
    }

    /// What decryption compares with.
    @HostAccess.Export
    public void setTag(Value given) {
      tag = JsBytes.read(given);
    }

    @HostAccess.Export
    public ByteBuffer tag() {
      return JsBytes.outgoing(tag);
    }

    @HostAccess.Export
    public ByteBuffer update(Value data) throws GeneralSecurityException {
      byte[] bytes = JsBytes.read(data);
      length += bytes.length;
      if (kind.mode().equals("ccm")) {
        return onlyPiece(bytes);
      }
      byte[] out = cipher().update(bytes);
      if (flow.isPresent()) {
        return JsBytes.outgoing(flow.get().apply(bytes));
      }
      return JsBytes.outgoing(out == null ? NOTHING : out);
    }

    private ByteBuffer onlyPiece(byte[] bytes) throws GeneralSecurityException {
      hadPiece = true;
      try {
        cipher().update(bytes);
        return finishAuthenticated();
      } catch (GeneralSecurityException wrong) {
        wrongPiece = Optional.of(wrong);
        return JsBytes.outgoing(NOTHING);
      }
    }

    /// @throws GeneralSecurityException with the message `length`, `padding` or `tag`: what is wrong with the text
    @HostAccess.Export
    public ByteBuffer finish() throws GeneralSecurityException {
      if (wrongPiece.isPresent()) {
        throw wrongPiece.get();
      }
      if (hadPiece) {
        return JsBytes.outgoing(NOTHING);
      }
      if (kind.isAuthenticated()) {
        ByteBuffer last = finishAuthenticated();
        return flow.isPresent() ? JsBytes.outgoing(NOTHING) : last;
      }
      if (flow.isPresent()) {
        return JsBytes.outgoing(NOTHING);
      }
      boolean whole = length % kind.blockBytes() == 0;
      if (kind.blockBytes() > 1 && !whole && (!encrypt || !padding) || !encrypt && padding && kind.blockBytes() > 1 && length == 0) {
        throw new GeneralSecurityException(encrypt ? "data" : "length");
      }
      try {
        return JsBytes.outgoing(cipher().doFinal());
      } catch (GeneralSecurityException wrong) {
        throw new GeneralSecurityException("padding", wrong);
      }
    }

    private ByteBuffer finishAuthenticated() throws GeneralSecurityException {
      if (encrypt) {
        byte[] out = cipher().doFinal();
        int rest = out.length - tagBytes();
        tag = Arrays.copyOfRange(out, rest, out.length);
        return JsBytes.outgoing(Arrays.copyOf(out, rest));
      }
      if (tag == null) {
        throw new GeneralSecurityException("tag");
      }
      try {
        return JsBytes.outgoing(cipher().doFinal(tag));
      } catch (GeneralSecurityException wrong) {
        throw new GeneralSecurityException("tag", wrong);
      }
    }

    private int tagBytes() {
      return tag == null || encrypt ? tagBytes : tag.length;
    }

    private Cipher cipher() throws GeneralSecurityException {
      if (cipher == null) {
        cipher = make();
        flow = ByteFlow.of(kind, encrypt, key, iv);
      }
      return cipher;
    }

    private Cipher make() throws GeneralSecurityException {
      int mode = encrypt ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
      SecretKeySpec secret = new SecretKeySpec(key, kind.family().startsWith("ChaCha") ? "ChaCha20" : kind.family());
      Cipher made = switch (kind.mode()) {
        case "stream" -> Cipher.getInstance(kind.family());
        case "ccm", "ocb" -> Cipher.getInstance(kind.family() + "/" + kind.mode().toUpperCase(Locale.ROOT) + "/NoPadding", NodeHashHost.Extra.PROVIDER);
        case "cfb" -> Cipher.getInstance(kind.family() + "/CFB/NoPadding");
        default -> Cipher.getInstance(kind.family() + "/" + kind.mode().toUpperCase(Locale.ROOT) + "/" + (padding && kind.blockBytes() > 1 ? "PKCS5Padding" : "NoPadding"));
      };
      if (kind.mode().equals("ecb")) {
        made.init(mode, secret);
      } else {
        AlgorithmParameterSpec spec = kind.isAuthenticated() && !kind.mode().equals("stream") ? new GCMParameterSpec(tagBytes() * 8, iv) : new IvParameterSpec(iv);
        made.init(mode, secret, spec);
      }
      if (additional.size() > 0) {
        made.updateAAD(additional.toByteArray());
      }
      return made;
    }
  }
}
