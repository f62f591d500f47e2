package dev.tenon.gateway;

/// Hears of every request that reaches the edge, for whoever counts them. Called on event loops; must not block.
///
/// Every text comes from the contracts or from a closed list, never from a client, so each may be a label.
public interface EdgeMetrics {

  /// Stands for a status where the client went before there was one.
  int CLIENT_GONE = 499;

  /// A request for an operation was found.
  void began(String component);

  /// A request for an operation is over: it has its answer, or its client has gone.
  ///
  /// @param operation the contract's operationId
  /// @param status of the answer, or [#CLIENT_GONE]
  /// @param nanos from the request's head to the end of the answer
  void ended(String component, String operation, String method, int status, long nanos);

  /// A request was answered that is no operation's: an unknown path or method, `OPTIONS`, a malformed head.
  void turnedAway(int status);

  /// Counts nothing.
  EdgeMetrics NONE = new EdgeMetrics() {
    @Override
    public void began(String component) {}

    @Override
    public void ended(String component, String operation, String method, int status, long nanos) {}

    @Override
    public void turnedAway(int status) {}
  };
}
