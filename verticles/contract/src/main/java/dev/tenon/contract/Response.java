package dev.tenon.contract;

import java.util.List;

/// One answer that an operation may give.
///
/// @param status `200`, `4XX` or `default`
/// @param headers what must or may be among its headers
public record Response(String status, String description, List<Parameter> headers, Content content, Location at) {

  public Response {
    headers = List.copyOf(headers);
  }
}
