package dev.tenon.bus;

import java.util.List;
import java.util.Map;

/// Who can take an exchange with one component, or with one version of it. A snapshot: only its turn changes.
final class Route {

  private static final Instance[] NONE = {};

  private final Instance[] local;
  private final Instance[][] byLane;
  private final RemoteInstance[] remote;
  private final Map<String, Route> versions;
  private int turn;

  Route(List<Instance> local, List<RemoteInstance> remote, int lanes, Map<String, Route> versions) {
    this.local = local.toArray(NONE);
    this.remote = remote.toArray(new RemoteInstance[0]);
    this.versions = versions;
    this.byLane = new Instance[lanes][];
    for (int i = 0; i < lanes; i++) {
      int lane = i;
      byLane[i] = local.stream().filter(instance -> instance.lane.index == lane && instance.context.isEventLoopContext()).toArray(Instance[]::new);
    }
  }

  /// The part of this route that one version is; null when there is none.
  Route version(String version) {
    return versions.get(version);
  }

  /// An instance that can be called on the current thread, which is the lane's; entered. Null when there is none.
  Instance enterHere(Lane lane) {
    Instance[] here = byLane[lane.index];
    if (here.length == 1) {
      Instance only = here[0];
      return only.here() && only.enter() ? only : null;
    }
    for (int i = 0, from = turn(here.length); i < here.length; i++) {
      Instance next = here[(from + i) % here.length];
      if (next.here() && next.enter()) {
        return next;
      }
    }
    return null;
  }

  /// An instance of this node, on the lane's loop where there is one; entered. Null when there is none or all are full.
  Instance enterLocal(Lane lane, Object except) {
    Instance near = enterOneOf(byLane[lane.index], except);
    return near != null ? near : enterOneOf(local, except);
  }

  /// The first instance of this node that is not full; entered. WebSockets go there, so that those who talk to each other through a worker's memory meet in it.
  Instance enterFirst(Object except) {
    for (Instance next : local) {
      if (next != except && next.enter()) {
        return next;
      }
    }
    return null;
  }

  /// An instance on another node, not on `except`; on a node that was heard of lately where there is one. Null when there is none.
  RemoteInstance remote(Object except) {
    RemoteInstance quiet = null;
    for (int i = 0, from = turn(remote.length); i < remote.length; i++) {
      RemoteInstance next = remote[(from + i) % remote.length];
      if (next.peer().lost() || next.equals(except) || next.peer() == except) {
        continue;
      }
      if (!next.peer().suspect()) {
        return next;
      }
      quiet = next;
    }
    return quiet;
  }

  int localCount() {
    return local.length;
  }

  /// Exchanges the local instances take together.
  long localMax() {
    long most = 0;
    for (Instance instance : local) {
      most += instance.inFlightMax();
    }
    return most;
  }

  private Instance enterOneOf(Instance[] candidates, Object except) {
    for (int i = 0, from = turn(candidates.length); i < candidates.length; i++) {
      Instance next = candidates[(from + i) % candidates.length];
      if (next != except && next.enter()) {
        return next;
      }
    }
    return null;
  }

  /// Races with other loops are harmless: a turn taken twice is still a turn.
  private int turn(int candidates) {
    if (candidates < 2) {
      return 0;
    }
    int now = turn;
    turn = (now + 1) & 0xFFFFFF;
    return now;
  }
}
