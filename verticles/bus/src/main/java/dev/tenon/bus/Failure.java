package dev.tenon.bus;

import io.vertx.core.VertxException;

/// Why an exchange brought no response. Crosses the bus as a [Code] and two texts, never as a stack trace.
///
/// [#getMessage()] may be shown to the client when [Code#visible()]; [#detail()] is for logs only.
public final class Failure extends VertxException {

  private static final long serialVersionUID = 1L;

  /// The closed list. Each code fixes the HTTP status at the edge, whether a retry on another instance can help, and
  /// whether the message may be shown outside. Wire numbers are permanent.
  public enum Code {
    /// No instance was there to take the exchange; nothing was executed.
    NOBODY_THERE(1, 503, true, true),
    /// The deadline passed before the response's head; the work may have been done.
    DEADLINE(2, 504, false, true),
    /// The caller went away. 499 is never sent; it is what metrics and logs say.
    CANCELLED(3, 499, false, true),
    /// A queue or pool with a bound was full; nothing was executed.
    OVERLOADED(4, 503, true, true),
    /// A request body was larger than the component takes.
    BODY_TOO_LARGE(5, 413, false, true),
    /// The component threw, or broke its own rules. The reason stays inside.
    COMPONENT_FAILED(6, 500, false, false),
    /// A limit of the component (CPU, memory, subrequests) was exceeded and its work ended.
    LIMIT_EXCEEDED(7, 503, false, true),
    /// The instance, its node or the connection to it was lost in the middle of the exchange; the work may have been done.
    CONNECTION_LOST(8, 502, false, false),
    /// A message of the exchange could not be understood.
    PROTOCOL(9, 502, false, false),
    /// The caller may not call this component or operation.
    REFUSED(10, 403, false, true);

    private final int wire;
    private final int status;
    private final boolean retriable;
    private final boolean visible;

    Code(int wire, int status, boolean retriable, boolean visible) {
      this.wire = wire;
      this.status = status;
      this.retriable = retriable;
      this.visible = visible;
    }

    /// The number that stands for this code on the wire.
    public int wire() {
      return wire;
    }

    /// The HTTP status the edge answers with.
    public int status() {
      return status;
    }

    /// Whether the same exchange may be sent once more to another instance, because nothing was executed.
    public boolean retriable() {
      return retriable;
    }

    /// Whether the message may be shown to the client.
    public boolean visible() {
      return visible;
    }

    /// The code of a wire number; an unknown number (from a newer node) is [#COMPONENT_FAILED].
    public static Code ofWire(int wire) {
      for (Code code : values()) {
        if (code.wire == wire) {
          return code;
        }
      }
      return COMPONENT_FAILED;
    }
  }

  private final Code code;
  private final String detail;

  public Failure(Code code, String message) {
    this(code, message, "");
  }

  public Failure(Code code, String message, String detail) {
    this(code, message, detail, null);
  }

  /// @param cause for who is on the same node: it never crosses the bus; null for none
  public Failure(Code code, String message, String detail, Throwable cause) {
    super(message, cause, true);
    this.code = code;
    this.detail = detail;
  }

  public Code code() {
    return code;
  }

  /// What a log should hold beside the message; empty when there is nothing more to say.
  public String detail() {
    return detail;
  }

  /// Any throwable as a failure: itself if it is one, otherwise [Code#COMPONENT_FAILED] with the throwable's text as detail.
  public static Failure of(Throwable cause) {
    return cause instanceof Failure failure
        ? failure
        : new Failure(Code.COMPONENT_FAILED, "the component failed", String.valueOf(cause));
  }
}
