package dev.tenon.worker.assets;

import dev.tenon.bus.Body;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The contents of all workers' assets as they are on the disk now. Small ones are kept in memory, up to a bound for the whole process. Thread-safe.
///
/// A file that is written over while its worker runs is noticed by its size or its time, and gets another hash: a client never takes new content for old.
final class AssetStore {

  private static final long KEPT_BYTES_MAX = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 32);
  private static final ConcurrentHashMap<Asset, Buffer> KEPT = new ConcurrentHashMap<>();
  private static final AtomicLong KEPT_BYTES = new AtomicLong();

  private AssetStore() {}

  /// The asset with the hash of what its file holds now; empty when the file is gone. A look at the disk, but no reading unless the file has changed.
  static Future<Optional<Asset>> current(Vertx vertx, Asset asset) {
    try {
      BasicFileAttributes now = attributes(asset);
      return now.size() == asset.bytes() && now.lastModifiedTime().equals(asset.modified())
          ? Future.succeededFuture(Optional.of(asset))
          : vertx.executeBlocking(() -> again(asset), false);
    } catch (IOException gone) {
      return Future.succeededFuture(Optional.empty());
    }
  }

  private static BasicFileAttributes attributes(Asset asset) throws IOException {
    return Files.readAttributes(asset.file(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static Optional<Asset> again(Asset asset) throws IOException {
    BasicFileAttributes now = attributes(asset);
    return now.isRegularFile() && now.size() <= AssetFolder.FILE_BYTES_MAX
        ? Optional.of(new Asset(asset.path(), FileHash.of(asset.file(), now), now.size(), asset.mediaType(), asset.file(), now.lastModifiedTime()))
        : Optional.empty();
  }

  /// Whether an asset's content is small enough to be had whole.
  static boolean isSmall(Asset asset) {
    return asset.bytes() <= Body.INLINE_BYTES_MAX;
  }

  /// The whole content of a small asset, as [#current] has just given it.
  static Future<Buffer> whole(Vertx vertx, Asset asset) {
    Buffer kept = KEPT.get(asset);
    return kept != null ? Future.succeededFuture(kept) : vertx.fileSystem().readFile(asset.file().toString()).map(read -> keep(asset, read));
  }

  private static Buffer keep(Asset asset, Buffer content) {
    if (content.length() == asset.bytes() && KEPT.putIfAbsent(asset, content) == null && KEPT_BYTES.addAndGet(content.length()) > KEPT_BYTES_MAX) {
      KEPT.clear();
      KEPT_BYTES.set(0);
    }
    return content;
  }
}
