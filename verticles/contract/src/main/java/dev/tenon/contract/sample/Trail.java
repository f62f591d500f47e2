package dev.tenon.contract.sample;

import dev.tenon.contract.Node;
import java.util.List;

/// The way from a value to one inside it, with the schemas passed; tells where a schema comes back to itself.
///
/// @param parent null at the start
record Trail(Trail parent, String pointer, List<Node> demand, int depth) {

  static Trail start(List<Node> demand) {
    return new Trail(null, "", demand, 0);
  }

  Trail into(String name, List<Node> inner) {
    return new Trail(this, pointer + "/" + name.replace("~", "~0").replace("/", "~1"), inner, depth + 1);
  }

  Trail into(int index, List<Node> inner) {
    return into(Integer.toString(index), inner);
  }

  /// How often a schema of this place was passed before on the way here.
  int repeats() {
    int repeats = 0;
    for (Trail each = parent; each != null; each = each.parent) {
      if (sharesSchema(each.demand)) {
        repeats++;
      }
    }
    return repeats;
  }

  private boolean sharesSchema(List<Node> others) {
    for (Node mine : demand) {
      for (Node other : others) {
        if (mine == other) {
          return true;
        }
      }
    }
    return false;
  }
}
