package dev.tenon.worker;

import java.util.Optional;
import java.util.function.Supplier;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/// Something that JavaScript threw or rejected with, as text.
///
/// @param summary one line: `TypeError: x is not a function`
/// @param stack the same with the lines below it that say where, as the user's own sources name them
/// @param excerpt looks up the source around the place that threw, where it is known
record GuestError(String summary, String stack, Supplier<Optional<SourceExcerpt>> excerpt) {

  private GuestError(String summary, String stack) {
    this(summary, stack, Optional::empty);
  }

  /// What the runtime itself has to say.
  static GuestError of(String text) {
    return new GuestError(text, text);
  }

  /// The same with another place where its own is not known.
  GuestError orAt(Supplier<Optional<SourceExcerpt>> other) {
    return new GuestError(summary, stack, () -> excerpt.get().or(other));
  }

  static GuestError of(Value thrown, StackMap stacks) {
    if (thrown.isHostObject() && thrown.asHostObject() instanceof Throwable host) {
      return new GuestError("Error: " + host.getMessage(), "Error: " + host.getMessage());
    }
    if (!thrown.isException()) {
      String text = thrown.isString() ? thrown.asString() : String.valueOf(thrown);
      return new GuestError(text, text);
    }
    String summary = summaryOf(thrown);
    Value stack = thrown.hasMembers() ? thrown.getMember("stack") : null;
    if (stack == null || !stack.isString() || stack.asString().isEmpty()) {
      return new GuestError(summary, summary);
    }
    String raw = stack.asString();
    return new GuestError(summary, stacks.mapMessage(raw), () -> stacks.excerpt(raw));
  }

  static GuestError of(PolyglotException thrown, StackMap stacks) {
    Value object = thrown.getGuestObject();
    return object != null ? of(object, stacks) : new GuestError(thrown.getMessage(), thrown.getMessage());
  }

  private static String summaryOf(Value error) {
    try {
      return error.getMetaObject() == null || error.getMember("message") == null
          ? String.valueOf(error)
          : error.invokeMember("toString").asString();
    } catch (PolyglotException | UnsupportedOperationException hostile) {
      return "an error that cannot be shown: " + hostile.getMessage();
    }
  }
}
