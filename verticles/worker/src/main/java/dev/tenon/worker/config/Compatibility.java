package dev.tenon.worker.config;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Compatibility flags: which there are, and which a date implies.
///
/// @see <a href="https://developers.cloudflare.com/workers/configuration/compatibility-flags/">Compatibility flags</a>
public final class Compatibility {

  /// The newest date this runtime knows; what a worker without a configuration gets.
  public static final LocalDate NEWEST = LocalDate.of(2026, 11, 17);

  private static final String NODE = "nodejs_compat";

  /// A change of behaviour.
  ///
  /// @param off the flag that keeps the old behaviour; empty when there is none
  /// @param since the date from which it is on; [LocalDate#MAX] when no date turns it on
  /// @param beside another flag that implies it from `besideSince`; empty when none does
  private record Change(String on, String off, LocalDate since, String beside, LocalDate besideSince) {}

  private static final Map<String, Change> BY_FLAG = new HashMap<>();
  private static final Set<String> ALL;

  static {
    Change[] changes = {
        since("formdata_parser_supports_files", "formdata_parser_converts_files_to_strings", 2021, 11, 3),
        since("fetch_refuses_unknown_protocols", "fetch_treats_unknown_protocols_as_http", 2021, 11, 10),
        since("streams_byob_reader_detaches_buffer", "streams_byob_reader_does_not_detach_buffer", 2021, 11, 10),
        since("durable_object_fetch_requires_full_url", "durable_object_fetch_allows_relative_url", 2021, 11, 10),
        since("workers_api_getters_setters_on_prototype", "workers_api_getters_setters_on_instance", 2022, 1, 31),
        since("global_navigator", "no_global_navigator", 2022, 3, 21),
        since("minimal_subrequests", "no_minimal_subrequests", 2022, 4, 5),
        since("dont_substitute_null_on_type_error", "substitute_null_on_type_error", 2022, 6, 1),
        since("r2_list_honor_include", "", 2022, 8, 4),
        since("url_standard", "url_original", 2022, 10, 31),
        since("capture_async_api_throws", "do_not_capture_async_api_throws", 2022, 10, 31),
        since("export_commonjs_default", "export_commonjs_namespace", 2022, 10, 31),
        since("streams_enable_constructors", "streams_disable_constructors", 2022, 11, 30),
        since("transformstream_enable_standard_constructor", "transformstream_disable_standard_constructor", 2022, 11, 30),
        since("http_headers_getsetcookie", "no_http_headers_getsetcookie", 2023, 3, 1),
        since("response_redirect_url_standard", "response_redirect_url_original", 2023, 3, 14),
        since("urlsearchparams_delete_has_value_arg", "no_urlsearchparams_delete_has_value_arg", 2023, 7, 1),
        since("strict_compression_checks", "no_strict_compression_checks", 2023, 8, 1),
        since("strict_crypto_checks", "no_strict_crypto_checks", 2023, 8, 1),
        since("web_socket_compression", "no_web_socket_compression", 2023, 8, 15),
        since("crypto_preserve_public_exponent", "no_crypto_preserve_public_exponent", 2023, 12, 1),
        since("no_global_importscripts", "global_importscripts", 2024, 3, 4),
        since("queues_json_messages", "no_queues_json_messages", 2024, 3, 18),
        since("fetcher_no_get_put_delete", "fetcher_has_get_put_delete", 2024, 3, 26),
        since("unwrap_custom_thenables", "no_unwrap_custom_thenables", 2024, 4, 1),
        since("rpc", "no_rpc", 2024, 4, 3),
        since("brotli_content_encoding", "no_brotli_content_encoding", 2024, 4, 29),
        since("blob_standard_mime_type", "blob_legacy_mime_type", 2024, 6, 3),
        since("fetch_standard_url", "fetch_legacy_url", 2024, 6, 3),
        since("allow_custom_ports", "ignore_custom_ports", 2024, 9, 2),
        since("set_tostring_tag", "do_not_set_tostring_tag", 2024, 9, 26),
        since("upper_case_all_http_methods", "no_upper_case_all_http_methods", 2024, 10, 14),
        since("handle_cross_request_promise_resolution", "no_handle_cross_request_promise_resolution", 2024, 10, 14),
        since("cache_option_enabled", "cache_option_disabled", 2024, 11, 11),
        since("fixup-transform-stream-backpressure", "original-transform-stream-backpressure", 2024, 12, 16),
        since("assets_navigation_prefers_asset_serving", "assets_navigation_has_no_effect", 2025, 4, 1),
        since("urlpattern_standard", "urlpattern_original", 2025, 5, 1),
        since("enable_weak_ref", "disable_weak_ref", 2025, 5, 5),
        since("enable_navigator_language", "disable_navigator_language", 2025, 5, 19),
        since("allow_eval_during_startup", "disallow_eval_during_startup", 2025, 6, 1),
        since("expose_global_message_channel", "no_expose_global_message_channel", 2025, 8, 15),
        since("strip_authorization_on_cross_origin_redirect", "retain_authorization_on_cross_origin_redirect", 2025, 9, 1),
        since("enable_ctx_exports", "disable_ctx_exports", 2025, 11, 17),
        since("fetch_iterable_type_support", "no_fetch_iterable_type_support", 2026, 2, 19),
        since("websocket_close_reason_byte_limit", "no_websocket_close_reason_byte_limit", 2026, 3, 3),
        since("websocket_standard_binary_type", "no_websocket_standard_binary_type", 2026, 3, 17),
        since("web_socket_auto_reply_to_close", "web_socket_manual_reply_to_close", 2026, 4, 7),
        since(NODE, "no_nodejs_compat", 2026, 8, 4),
        beside(NODE, "nodejs_compat_v2", "no_nodejs_compat_v2", 2024, 9, 23),
        beside(NODE, "nodejs_zlib", "no_nodejs_zlib", 2024, 9, 23),
        beside(NODE, "nodejs_compat_populate_process_env", "nodejs_compat_do_not_populate_process_env", 2025, 4, 1),
        beside(NODE, "enable_nodejs_http_modules", "disable_nodejs_http_modules", 2025, 8, 15),
        beside(NODE, "enable_nodejs_http_server_modules", "disable_nodejs_http_server_modules", 2025, 9, 1),
        beside(NODE, "enable_nodejs_process_v2", "disable_nodejs_process_v2", 2025, 9, 15),
        beside(NODE, "enable_nodejs_fs_module", "disable_nodejs_fs_module", 2025, 9, 15),
        beside(NODE, "enable_nodejs_os_module", "disable_nodejs_os_module", 2025, 9, 15),
        beside(NODE, "enable_nodejs_http2_module", "disable_nodejs_http2_module", 2025, 9, 1),
        beside(NODE, "enable_nodejs_console_module", "disable_nodejs_console_module", 2025, 9, 21),
        beside(NODE, "enable_nodejs_vm_module", "disable_nodejs_vm_module", 2025, 10, 1),
        beside(NODE, "enable_nodejs_domain_module", "disable_nodejs_domain_module", 2025, 12, 4),
        beside(NODE, "enable_nodejs_punycode_module", "disable_nodejs_punycode_module", 2025, 12, 4),
        beside(NODE, "enable_nodejs_cluster_module", "disable_nodejs_cluster_module", 2025, 12, 4),
        beside(NODE, "enable_nodejs_wasi_module", "disable_nodejs_wasi_module", 2025, 12, 4),
        beside(NODE, "enable_nodejs_trace_events_module", "disable_nodejs_trace_events_module", 2025, 12, 4),
        beside(NODE, "enable_nodejs_stream_wrap_module", "disable_nodejs_stream_wrap_module", 2026, 1, 29),
        beside(NODE, "enable_nodejs_dgram_module", "disable_nodejs_dgram_module", 2026, 1, 29),
        beside(NODE, "enable_nodejs_inspector_module", "disable_nodejs_inspector_module", 2026, 1, 29),
        beside(NODE, "enable_nodejs_perf_hooks_module", "disable_nodejs_perf_hooks_module", 2026, 3, 17),
        beside(NODE, "enable_nodejs_v8_module", "disable_nodejs_v8_module", 2026, 3, 17),
        beside(NODE, "enable_nodejs_tty_module", "disable_nodejs_tty_module", 2026, 3, 17),
        beside(NODE, "enable_nodejs_child_process_module", "disable_nodejs_child_process_module", 2026, 3, 17),
        beside(NODE, "enable_nodejs_worker_threads_module", "disable_nodejs_worker_threads_module", 2026, 3, 17),
        beside(NODE, "enable_nodejs_readline_module", "disable_nodejs_readline_module", 2026, 3, 17),
        beside(NODE, "enable_nodejs_repl_module", "disable_nodejs_repl_module", 2026, 3, 17),
        beside(NODE, "remove_nodejs_compat_eol", "add_nodejs_compat_eol", 2025, 9, 1),
        named("nodejs_als", "no_nodejs_als"),
        named("global_fetch_strictly_public", "global_fetch_private_origin"),
        named("enable_request_signal", "disable_request_signal"),
        named("request_signal_passthrough", "no_request_signal_passthrough"),
        named("disallow_importable_env", "allow_importable_env"),
        named("pedantic_wpt", "non_pedantic_wpt"),
        named("new_module_registry", "legacy_module_registry"),
        named("html_rewriter_treats_esi_include_as_void_tag", ""),
        named("durable_object_alarms", ""),
        named("tcp_sockets_support", ""),
        named("experimental", ""),
    };
    Arrays.stream(changes).forEach(change -> BY_FLAG.put(change.on(), change));
    Set<String> all = new HashSet<>(BY_FLAG.keySet());
    Arrays.stream(changes).map(Change::off).filter(off -> !off.isEmpty()).forEach(all::add);
    ALL = Set.copyOf(all);
  }

  private Compatibility() {}

  /// Whether a flag is on for a worker with this date and these flags.
  public static boolean isOn(String flag, LocalDate date, Set<String> named) {
    if (named.contains(flag)) {
      return true;
    }
    Change change = BY_FLAG.get(flag);
    if (change == null || named.contains(change.off())) {
      return false;
    }
    return !date.isBefore(change.since())
        || !change.beside().isEmpty() && !date.isBefore(change.besideSince()) && isOn(change.beside(), date, named);
  }

  /// Whether each flag that turns something on is on for a worker with this date and these flags.
  public static SortedMap<String, Boolean> states(LocalDate date, Set<String> named) {
    SortedMap<String, Boolean> states = new TreeMap<>();
    BY_FLAG.keySet().forEach(flag -> states.put(flag, isOn(flag, date, named)));
    return states;
  }

  /// The flag that says the contrary of another; empty when there is none.
  static Optional<String> opposite(String flag) {
    Change change = BY_FLAG.get(flag);
    return change != null ? Optional.of(change.off()).filter(off -> !off.isEmpty())
        : flag.isEmpty() ? Optional.empty() : BY_FLAG.values().stream().filter(other -> other.off().equals(flag)).map(Change::on).findFirst();
  }

  /// Every flag this runtime knows, opposites included.
  static Set<String> flags() {
    return ALL;
  }

  private static Change since(String on, String off, int year, int month, int day) {
    return new Change(on, off, LocalDate.of(year, month, day), "", LocalDate.MAX);
  }

  private static Change beside(String other, String on, String off, int year, int month, int day) {
    return new Change(on, off, LocalDate.MAX, other, LocalDate.of(year, month, day));
  }

  private static Change named(String on, String off) {
    return new Change(on, off, LocalDate.MAX, "", LocalDate.MAX);
  }
}
