package dev.tenon.worker.assets;

/// What a browser that opens a page (`Sec-Fetch-Mode: navigate`) gets where there is no asset; decided by the compatibility flag `assets_navigation_prefers_asset_serving`.
public enum NavigationRule {
  /// What the handling of missing assets says, before the worker is asked.
  PREFERS_ASSETS,
  /// What anybody gets: the worker's answer.
  LIKE_ANY_OTHER
}
