package dev.tenon.worker.assets;

import dev.tenon.worker.config.AssetSettings.HtmlHandling;
import dev.tenon.worker.config.AssetSettings.NotFoundHandling;
import java.util.Optional;

/// What a decoded path means among the assets: which file is served there, or where it is served instead.
///
/// A page has one URL. It is never redirected to a URL where another file would be found.
///
/// @see <a href="https://developers.cloudflare.com/workers/static-assets/routing/advanced/html-handling/">HTML handling</a>
final class HtmlPaths {

  /// What to do with a path.
  sealed interface Intent {

    /// Serve a file.
    ///
    /// @param status 200, or 404 for the page that says that nothing is there
    record Serve(Asset asset, int status) implements Intent {}

    /// Send the client elsewhere.
    record Redirect(String path) implements Intent {}
  }

  private static final String HTML = ".html";
  private static final String INDEX = "/index";
  private static final String INDEX_HTML = "/index.html";
  private static final String NOT_FOUND_PAGE = "/404.html";

  private final Assets assets;
  private final HtmlHandling html;
  private final NotFoundHandling notFound;
  /// While a redirect's destination is looked up, which must not be a redirect itself.
  private final boolean redirects;

  HtmlPaths(Assets assets, HtmlHandling html, NotFoundHandling notFound) {
    this(assets, html, notFound, true);
  }

  private HtmlPaths(Assets assets, HtmlHandling html, NotFoundHandling notFound, boolean redirects) {
    this.assets = assets;
    this.html = html;
    this.notFound = notFound;
    this.redirects = redirects;
  }

  Optional<Intent> find(String path) {
    Optional<Intent> found = switch (html) {
      case AUTO_TRAILING_SLASH -> auto(path);
      case FORCE_TRAILING_SLASH -> force(path);
      case DROP_TRAILING_SLASH -> drop(path);
      case NONE -> serve(path);
    };
    return found.or(() -> notFound(path));
  }

  /// `folder/index.html` at `folder/`, `page.html` at `page`.
  private Optional<Intent> auto(String path) {
    if (path.endsWith(INDEX)) {
      String stem = without(path, INDEX);
      return serve(path)
          .or(() -> redirect(path + HTML, stem + "/"))
          .or(() -> redirect(stem + HTML, stem))
          .or(() -> autoElsewhere(path));
    }
    if (path.endsWith(INDEX_HTML)) {
      String stem = without(path, INDEX_HTML);
      return redirect(path, stem + "/")
          .or(() -> redirect(stem + HTML, stem))
          .or(() -> serve(path))
          .or(() -> autoElsewhere(path));
    }
    if (path.endsWith("/")) {
      String stem = without(path, "/");
      return serve(stem + INDEX_HTML)
          .or(() -> redirect(stem + HTML, stem))
          .or(() -> serve(path))
          .or(() -> autoElsewhere(path));
    }
    if (path.endsWith(HTML)) {
      String stem = without(path, HTML);
      return redirect(path, stem)
          .or(() -> redirect(stem + INDEX_HTML, stem + "/"))
          .or(() -> serve(path))
          .or(() -> autoElsewhere(path));
    }
    return serve(path).or(() -> autoElsewhere(path));
  }

  private Optional<Intent> autoElsewhere(String path) {
    return serve(path + HTML).or(() -> redirect(path + INDEX_HTML, path + "/"));
  }

  /// Both at a URL that ends with a slash.
  private Optional<Intent> force(String path) {
    if (path.endsWith(INDEX) || path.endsWith(INDEX_HTML)) {
      boolean named = path.endsWith(INDEX);
      String stem = without(path, named ? INDEX : INDEX_HTML);
      Optional<Intent> exact = named ? serve(path) : Optional.empty();
      return exact
          .or(() -> redirect(stem + INDEX_HTML, stem + "/"))
          .or(() -> redirect(stem + HTML, stem + "/"))
          .or(() -> serve(path))
          .or(() -> forceElsewhere(path));
    }
    if (path.endsWith("/")) {
      String stem = without(path, "/");
      return serve(stem + INDEX_HTML).or(() -> serve(stem + HTML)).or(() -> serve(path)).or(() -> forceElsewhere(path));
    }
    if (path.endsWith(HTML)) {
      String stem = without(path, HTML);
      return redirect(path, stem + "/")
          .or(() -> serve(path))
          .or(() -> redirect(stem + INDEX_HTML, stem + "/"))
          .or(() -> forceElsewhere(path));
    }
    return serve(path).or(() -> forceElsewhere(path));
  }

  private Optional<Intent> forceElsewhere(String path) {
    return redirect(path + HTML, path + "/").or(() -> redirect(path + INDEX_HTML, path + "/"));
  }

  /// Both at a URL without a slash at its end, but for the root.
  private Optional<Intent> drop(String path) {
    if (path.equals(INDEX)) {
      return serve(path).or(() -> redirect(INDEX_HTML, "/")).or(() -> dropElsewhere(path));
    }
    if (path.equals(INDEX_HTML)) {
      return redirect(INDEX_HTML, "/").or(() -> serve(path)).or(() -> dropElsewhere(path));
    }
    if (path.equals("/")) {
      return serve(INDEX_HTML).or(() -> serve(path)).or(() -> dropElsewhere(path));
    }
    if (path.endsWith(INDEX)) {
      String stem = without(path, INDEX);
      return serve(path)
          .or(() -> redirect(stem + HTML, stem))
          .or(() -> redirect(path + HTML, stem))
          .or(() -> dropElsewhere(path));
    }
    if (path.endsWith(INDEX_HTML)) {
      String stem = without(path, INDEX_HTML);
      return redirect(path, stem)
          .or(() -> serve(path))
          .or(() -> redirect(stem + HTML, stem))
          .or(() -> dropElsewhere(path));
    }
    if (path.endsWith("/") || path.endsWith(HTML)) {
      String stem = without(path, path.endsWith("/") ? "/" : HTML);
      return redirect(stem + HTML, stem)
          .or(() -> redirect(stem + INDEX_HTML, stem))
          .or(() -> serve(path))
          .or(() -> dropElsewhere(path));
    }
    return serve(path).or(() -> dropElsewhere(path));
  }

  private Optional<Intent> dropElsewhere(String path) {
    return serve(path + HTML).or(() -> serve(path + INDEX_HTML));
  }

  private Optional<Intent> notFound(String path) {
    return switch (notFound) {
      case NONE -> Optional.empty();
      case SINGLE_PAGE_APPLICATION -> serve(INDEX_HTML);
      case NEAREST_404_PAGE -> nearest404(path);
    };
  }

  private Optional<Intent> nearest404(String path) {
    String folder = path;
    while (!folder.isEmpty()) {
      folder = folder.substring(0, Math.max(0, folder.lastIndexOf('/')));
      Optional<Asset> page = assets.at(folder + NOT_FOUND_PAGE);
      if (page.isPresent()) {
        return Optional.of(new Intent.Serve(page.get(), 404));
      }
    }
    return Optional.empty();
  }

  private Optional<Intent> serve(String path) {
    return assets.at(path).map(asset -> new Intent.Serve(asset, 200));
  }

  /// To where `file` is served, if it is there and nothing else is.
  private Optional<Intent> redirect(String file, String destination) {
    if (!redirects || assets.at(file).isEmpty() || assets.at(destination).isPresent()) {
      return Optional.empty();
    }
    HtmlPaths further = new HtmlPaths(assets, html, notFound, false);
    return further.find(destination)
        .filter(intent -> intent instanceof Intent.Serve serve && serve.asset().path().equals(file))
        .map(_ -> new Intent.Redirect(destination));
  }

  private static String without(String path, String end) {
    return path.substring(0, path.length() - end.length());
  }
}
