package dev.tenon.worker.assets;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/// One file that clients can have.
///
/// @param path in URLs, decoded, e.g. `/images/logo.svg`
/// @param hash of the content: 32 hexadecimal digits. Equal contents have equal hashes, whatever their paths
/// @param bytes its length
/// @param mediaType as `content-type` says it; empty when the name tells nothing
/// @param file without symbolic links
/// @param modified when the file was last changed before the hash was taken
public record Asset(String path, String hash, long bytes, Optional<String> mediaType, Path file, FileTime modified) {

  /// As the header `ETag` has it.
  String entityTag() {
    return "\"" + hash + "\"";
  }
}
