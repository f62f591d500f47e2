package dev.tenon.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the work behind an exchange that nobody waits for it any more. Cancelled at most once; thread-safe.
///
/// Listeners run on the thread that cancels: a listener that needs its own Vert.x context hops there itself. A listener
/// is removed by whoever added it when it is no longer interested. A child hangs on its parent only while it has
/// listeners itself, so a long exchange does not gather the children of all the calls it ever made.
public final class Cancellation {

  private static final Logger log = LoggerFactory.getLogger(Cancellation.class);

  private final Cancellation parent;
  private volatile Failure reason;
  private Runnable first;
  private List<Runnable> others;
  private Runnable link;

  public Cancellation() {
    this.parent = null;
  }

  private Cancellation(Cancellation parent) {
    this.parent = parent;
  }

  /// A cancellation of its own that this one's cancellation triggers, and not the other way round.
  public Cancellation child() {
    return new Cancellation(this);
  }

  /// Cancels, and runs the listeners registered so far. Later calls change nothing.
  public void cancel(Failure why) {
    Runnable one;
    List<Runnable> more;
    Runnable unlink;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      one = first;
      more = others;
      unlink = forget();
    }
    if (unlink != null) {
      parent.remove(unlink);
    }
    if (one != null) {
      tell(one);
    }
    if (more != null) {
      more.forEach(Cancellation::tell);
    }
  }

  /// Runs `listener` when cancelled; at once if that has happened already.
  public void onCancel(Runnable listener) {
    Runnable toLink = null;
    synchronized (this) {
      if (reason == null) {
        add(listener);
        if (parent == null || link != null) {
          return;
        }
        toLink = () -> cancel(parent.reason().orElseThrow());
        link = toLink;
      }
    }
    if (toLink == null) {
      tell(listener);
    } else {
      parent.onCancel(toLink);
    }
  }

  /// Removes a listener that is no longer interested, so that long exchanges do not gather them.
  public void remove(Runnable listener) {
    Runnable unlink = null;
    synchronized (this) {
      if (first == listener) {
        first = others == null || others.isEmpty() ? null : others.removeLast();
      } else if (others != null) {
        others.remove(listener);
      }
      if (first == null) {
        unlink = forget();
      }
    }
    if (unlink != null) {
      parent.remove(unlink);
    }
  }

  /// Drops every listener: what they cared for is over. Not a cancellation.
  void clear() {
    Runnable unlink;
    synchronized (this) {
      if (first == null) {
        return;
      }
      unlink = forget();
    }
    if (unlink != null) {
      parent.remove(unlink);
    }
  }

  /// Why it was cancelled, or empty while it is not.
  public Optional<Failure> reason() {
    Failure own = reason;
    if (own == null && parent != null) {
      return parent.reason();
    }
    return Optional.ofNullable(own);
  }

  /// Whether nobody waits any more: [#reason()] is there.
  public boolean cancelled() {
    return reason != null || parent != null && parent.cancelled();
  }

  /// A listener that throws keeps no other from being told.
  private static void tell(Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException thrown) {
      log.error("cancellation – a listener threw – the others are told all the same", thrown);
    }
  }

  /// Drops the listeners, and gives back what is to be removed from the parent now; null for nothing.
  private Runnable forget() {
    Runnable unlink = link;
    first = null;
    others = null;
    link = null;
    return unlink;
  }

  private void add(Runnable listener) {
    if (first == null) {
      first = listener;
      return;
    }
    if (others == null) {
      others = new ArrayList<>(2);
    }
    others.add(listener);
  }
}
