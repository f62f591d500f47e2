package dev.tenon.worker;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.EventContext;
import com.oracle.truffle.api.instrumentation.ExecutionEventListener;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.nodes.Node;
import com.oracle.truffle.api.source.SourceSection;
import java.lang.ref.WeakReference;
import java.util.Optional;

/// Gives the engine's own errors V8's words, which are what users know and search for: [V8Words] has them.
///
/// An instrument of the engine that looks at exceptions on their way: where one leaves a function, and where one leaves a statement of the worker's code,
/// which is before a `catch` around it sees it. Compiled code pays nothing for it as long as nothing is thrown.
///
/// Errors that a worker makes itself are left as they are: the engine's know the place in the program that they come from.
public final class EngineWords extends TruffleInstrument {

  static final String ID = "tenon-engine-words";

  /// What asking for this service creates the instrument.
  interface Switch {}

  /// The one that was seen last: it passes here again for each function that it leaves.
  private static volatile WeakReference<Throwable> last = new WeakReference<>(null);

  @Override
  protected void onCreate(Env env) {
    ExecutionEventListener thrown = new Thrown();
    env.getInstrumenter().attachExecutionEventListener(SourceSectionFilter.newBuilder().tagIs(StandardTags.RootTag.class).build(), thrown);
    env.getInstrumenter().attachExecutionEventListener(
        SourceSectionFilter.newBuilder().tagIs(StandardTags.StatementTag.class).includeInternal(false).build(), thrown);
    env.registerService(new Switch() { });
  }

  private static final class Thrown implements ExecutionEventListener {

    @Override
    public void onEnter(EventContext context, VirtualFrame frame) {}

    @Override
    public void onReturnValue(EventContext context, VirtualFrame frame, Object result) {}

    @Override
    public void onReturnExceptional(EventContext context, VirtualFrame frame, Throwable exception) {
      if (exception instanceof AbstractTruffleException error) {
        reword(error);
      }
    }
  }

  @TruffleBoundary
  private static void reword(AbstractTruffleException error) {
    if (last.get() == error) {
      return;
    }
    try {
      InteropLibrary interop = InteropLibrary.getUncached();
      if (interop.hasMembers(error) && interop.isMemberReadable(error, "message")) {
        Object message = interop.readMember(error, "message");
        if (interop.isString(message)) {
          Optional<String> words = V8Words.of(interop.asString(message), place(error.getLocation()));
          if (words.isPresent()) {
            interop.writeMember(error, "message", words.get());
          }
        }
      }
      last = new WeakReference<>(error);
    } catch (InteropException | RuntimeException | StackOverflowError asItIs) {
      // The error keeps the engine's words; what it is thrown for matters more.
    }
  }

  private static Optional<V8Words.Place> place(Node node) {
    SourceSection section = node == null ? null : node.getEncapsulatingSourceSection();
    if (section == null) {
      return Optional.empty();
    }
    boolean builtin = !section.isAvailable() || section.getSource().getName().startsWith("<");
    String name = node.getRootNode() == null || node.getRootNode().getName() == null ? "" : node.getRootNode().getName();
    StringBuilder kinds = new StringBuilder();
    Node at = node;
    for (int depth = 0; at != null && depth < 5; depth++) {
      kinds.append(at.getClass().getSimpleName()).append(' ');
      at = at.getParent();
    }
    return Optional.of(new V8Words.Place(
        builtin ? "" : section.getSource().getCharacters().toString(), builtin ? 0 : section.getCharIndex(), builtin ? 0 : section.getCharEndIndex(),
        kinds.toString(), name, builtin, section.getSource().isInternal()));
  }
}
