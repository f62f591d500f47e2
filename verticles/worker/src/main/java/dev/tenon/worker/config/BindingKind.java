package dev.tenon.worker.config;

import static dev.tenon.worker.config.BindingKind.Shape.BLOBS;
import static dev.tenon.worker.config.BindingKind.Shape.LIST;
import static dev.tenon.worker.config.BindingKind.Shape.NAMED_LIST;
import static dev.tenon.worker.config.BindingKind.Shape.NESTED_LIST;
import static dev.tenon.worker.config.BindingKind.Shape.NESTED_NAMED_LIST;
import static dev.tenon.worker.config.BindingKind.Shape.SINGLE;

/// Every configuration key that gives a worker a binding, and how the bindings stand in it.
enum BindingKind {
  KV_NAMESPACES("kv_namespaces", LIST, ""),
  D1_DATABASES("d1_databases", LIST, ""),
  R2_BUCKETS("r2_buckets", LIST, ""),
  SERVICES("services", LIST, ""),
  QUEUES("queues", NESTED_LIST, "producers"),
  DURABLE_OBJECTS("durable_objects", NESTED_NAMED_LIST, "bindings"),
  WORKFLOWS("workflows", LIST, ""),
  AI("ai", SINGLE, ""),
  ASSETS("assets", SINGLE, ""),
  VERSION_METADATA("version_metadata", SINGLE, ""),
  BROWSER("browser", SINGLE, ""),
  IMAGES("images", SINGLE, ""),
  MEDIA("media", SINGLE, ""),
  STREAM("stream", SINGLE, ""),
  WEBSEARCH("websearch", SINGLE, ""),
  ANALYTICS_ENGINE_DATASETS("analytics_engine_datasets", LIST, ""),
  HYPERDRIVE("hyperdrive", LIST, ""),
  VECTORIZE("vectorize", LIST, ""),
  AI_SEARCH("ai_search", LIST, ""),
  AI_SEARCH_NAMESPACES("ai_search_namespaces", LIST, ""),
  AGENT_MEMORY("agent_memory", LIST, ""),
  MTLS_CERTIFICATES("mtls_certificates", LIST, ""),
  DISPATCH_NAMESPACES("dispatch_namespaces", LIST, ""),
  PIPELINES("pipelines", LIST, ""),
  SECRETS_STORE_SECRETS("secrets_store_secrets", LIST, ""),
  WORKER_LOADERS("worker_loaders", LIST, ""),
  VPC_SERVICES("vpc_services", LIST, ""),
  VPC_NETWORKS("vpc_networks", LIST, ""),
  ARTIFACTS("artifacts", LIST, ""),
  FLAGSHIP("flagship", LIST, ""),
  UNSAFE_HELLO_WORLD("unsafe_hello_world", LIST, ""),
  RATELIMITS("ratelimits", NAMED_LIST, ""),
  SEND_EMAIL("send_email", NAMED_LIST, ""),
  LOGFWDR("logfwdr", NESTED_NAMED_LIST, "bindings"),
  UNSAFE("unsafe", NESTED_NAMED_LIST, "bindings"),
  TEXT_BLOBS("text_blobs", BLOBS, ""),
  DATA_BLOBS("data_blobs", BLOBS, ""),
  WASM_MODULES("wasm_modules", BLOBS, "");

  /// How a key holds its bindings, and which member of each is the binding's name in `env`.
  enum Shape {
    /// A list of tables with `binding`.
    LIST,
    /// A list of tables with `name`.
    NAMED_LIST,
    /// A table with a list of tables with `binding`.
    NESTED_LIST,
    /// A table with a list of tables with `name`.
    NESTED_NAMED_LIST,
    /// One table with `binding`.
    SINGLE,
    /// A table from binding name to file.
    BLOBS
  }

  private final String key;
  private final Shape shape;
  private final String inner;

  BindingKind(String key, Shape shape, String inner) {
    this.key = key;
    this.shape = shape;
    this.inner = inner;
  }

  String key() {
    return key;
  }

  Shape shape() {
    return shape;
  }

  /// The member that holds the list in a nested shape.
  String inner() {
    return inner;
  }

  /// The member of one binding that is its name.
  String nameKey() {
    return shape == NAMED_LIST || shape == NESTED_NAMED_LIST ? "name" : "binding";
  }

  /// Whether an environment takes the top level's value when it has none of its own.
  boolean inheritable() {
    return this == ASSETS;
  }

  /// Whether environments may not have it at all.
  boolean topLevelOnly() {
    return shape == BLOBS;
  }
}
