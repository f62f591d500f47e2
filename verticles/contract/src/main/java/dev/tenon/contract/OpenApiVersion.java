package dev.tenon.contract;

import dev.tenon.contract.schema.Dialect;

/// The versions of OpenAPI that are understood.
public enum OpenApiVersion {
  V3_0(Dialect.OPENAPI_3_0), V3_1(Dialect.DRAFT_2020_12);

  private final Dialect dialect;

  OpenApiVersion(Dialect dialect) {
    this.dialect = dialect;
  }

  /// What the schemas of such a document mean.
  public Dialect dialect() {
    return dialect;
  }
}
