package dev.tenon.worker.html;

import java.nio.charset.StandardCharsets;

/// Names of tags as texts in lower case, made once as long as there are few different ones. The bytes of a name are its characters (ISO 8859-1), so that any
/// encoding's names can be compared.
final class TagNames {

  private static final int SLOTS = 512;
  private static final int LENGTH_MAX = 32;

  private final String[] known = new String[SLOTS];

  String of(byte[] input, int start, int end) {
    int hash = end - start;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + Ascii.lower(input[i]);
    }
    int slot = (hash ^ hash >>> 15) & SLOTS - 1;
    String name = known[slot];
    if (name != null && is(name, input, start, end)) {
      return name;
    }
    name = Ascii.lower(new String(input, start, end - start, StandardCharsets.ISO_8859_1));
    if (end - start <= LENGTH_MAX) {
      known[slot] = name;
    }
    return name;
  }

  boolean is(String name, byte[] input, int start, int end) {
    if (name.length() != end - start) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if ((Ascii.lower(input[start + i]) & 0xff) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
