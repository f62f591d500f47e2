package dev.tenon.worker.assets;

import dev.tenon.bus.ExchangeRequest;
import dev.tenon.worker.config.AssetSettings;
import dev.tenon.worker.config.AssetSettings.NotFoundHandling;
import dev.tenon.worker.config.AssetSettings.WorkerFirst;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Decides what becomes of a request: whether the worker gets it, and what the assets answer if not.
final class AssetRouter {

  /// What the assets answer.
  sealed interface Route {

    record File(Asset asset, int status) implements Route {}

    record Redirect(int status, String location) implements Route {}

    /// There is a file, but only GET and HEAD are possible.
    record MethodNotAllowed() implements Route {}

    /// @param certain a rule names this path, so that the worker is not asked either
    record Nothing(boolean certain) implements Route {}
  }

  private final Assets assets;
  private final Optional<Pattern> assetsFirst;
  private final Optional<Pattern> workerFirst;
  private final boolean workerAlways;
  private final boolean hasRoutingRules;

  AssetRouter(Assets assets) {
    this.assets = assets;
    WorkerFirst first = assets.settings().workerFirst();
    this.workerAlways = first instanceof WorkerFirst.Always;
    this.hasRoutingRules = first instanceof WorkerFirst.Matching;
    this.workerFirst = first instanceof WorkerFirst.Matching(List<String> worker, _) ? globs(worker) : Optional.empty();
    this.assetsFirst = first instanceof WorkerFirst.Matching(_, List<String> files) ? globs(files) : Optional.empty();
  }

  private static Optional<Pattern> globs(List<String> globs) {
    return globs.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(globs.stream()
        .map(glob -> List.of(glob.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*")))
        .collect(Collectors.joining("|"))));
  }

  /// What the assets answer to a request that may also be the worker's; empty when it is.
  Optional<Route> ahead(ExchangeRequest request, WebPath url) {
    if (matches(assetsFirst, url)) {
      return Optional.of(route(request, url));
    }
    if (workerAlways || matches(workerFirst, url)) {
      return Optional.empty();
    }
    boolean handlesMissing = hasRoutingRules
        || assets.navigation() == NavigationRule.PREFERS_ASSETS && "navigate".equals(request.headers().get("sec-fetch-mode"));
    Route route = route(request, url, handlesMissing ? assets.settings().notFoundHandling() : NotFoundHandling.NONE);
    return switch (route) {
      case Route.Nothing(boolean certain) -> certain ? Optional.of(route(request, url)) : Optional.empty();
      case Route.File _, Route.Redirect _, Route.MethodNotAllowed _ -> Optional.of(route);
    };
  }

  private static boolean matches(Optional<Pattern> globs, WebPath url) {
    return globs.isPresent() && globs.get().matcher(url.pathname()).matches();
  }

  /// What the assets answer to a request that is theirs.
  Route route(ExchangeRequest request, WebPath url) {
    return route(request, url, assets.settings().notFoundHandling());
  }

  private Route route(ExchangeRequest request, WebPath url, NotFoundHandling notFound) {
    Optional<RedirectRules.Redirect> rule = assets.redirects().match(hostname(request), url.pathname());
    if (rule.isPresent() && rule.get().status() != 200) {
      return new Route.Redirect(rule.get().status(), Location.of(request, url, rule.get().to()));
    }
    String pathname = rule.isPresent() ? WebPath.of(rule.get().to()).pathname() : url.pathname();
    String decoded = Percent.decodeSegments(pathname);
    AssetSettings settings = assets.settings();
    Optional<HtmlPaths.Intent> intent = new HtmlPaths(assets, settings.htmlHandling(), notFound).find(decoded);
    if (intent.isEmpty()) {
      return new Route.Nothing(rule.isPresent());
    }
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return new Route.MethodNotAllowed();
    }
    return switch (intent.get()) {
      case HtmlPaths.Intent.Redirect(String path) -> new Route.Redirect(307, Percent.encodeSegments(path) + url.search());
      case HtmlPaths.Intent.Serve(Asset asset, int status) -> {
        // A file has one spelling: /[a] is at /%5Ba%5D.
        String spelling = Percent.encodeSegments(decoded);
        yield spelling.equals(pathname) ? new Route.File(asset, status) : new Route.Redirect(307, spelling + url.search());
      }
    };
  }

  /// The host that a request names, without the port.
  static String hostname(ExchangeRequest request) {
    String authority = request.authority().toLowerCase(Locale.ROOT);
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }
}
