package dev.tenon.worker.config;

import java.util.List;

/// How a worker's assets are served, as its configuration says.
///
/// @see <a href="https://developers.cloudflare.com/workers/static-assets/routing/">Routing of static assets</a>
public record AssetSettings(HtmlHandling htmlHandling, NotFoundHandling notFoundHandling, WorkerFirst workerFirst) {

  /// At which URL a page is served, and from which others it is redirected to.
  public enum HtmlHandling { AUTO_TRAILING_SLASH, FORCE_TRAILING_SLASH, DROP_TRAILING_SLASH, NONE }

  /// What is served where there is no asset.
  public enum NotFoundHandling {
    NONE,
    /// The nearest `404.html`, with status 404.
    NEAREST_404_PAGE,
    /// `/index.html`, with status 200.
    SINGLE_PAGE_APPLICATION
  }

  /// Which requests go to the worker without a look at the assets.
  public sealed interface WorkerFirst {

    /// None: assets come first.
    record Never() implements WorkerFirst {}

    /// All of them.
    record Always() implements WorkerFirst {}

    /// Those whose path matches a glob of `worker` and none of `assets`. In a glob, `*` is any text.
    record Matching(List<String> worker, List<String> assets) implements WorkerFirst {

      public Matching {
        worker = List.copyOf(worker);
        assets = List.copyOf(assets);
      }
    }
  }

  public static final AssetSettings DEFAULT = new AssetSettings(HtmlHandling.AUTO_TRAILING_SLASH, NotFoundHandling.NONE, new WorkerFirst.Never());
}
