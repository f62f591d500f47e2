package dev.tenon.worker.html;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The elements that are open, and what selectors have matched of them. An element ends at its end tag, and at that of one around it; nothing else ends it.
final class Elements {

  private static final Set<String> VOID = Set.of(
      "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr");

  private static final int DEPTH_MAX = 1 << 15;

  /// A compound of a selector, with those that may follow where it has matched.
  private static final class Node {
    private final Selector.Compound compound;
    private final List<Node> children = new ArrayList<>();
    private final List<Node> descendants = new ArrayList<>();
    private final BitSet handlers = new BitSet();

    Node(Selector.Compound compound) {
      this.compound = compound;
    }
  }

  /// An open element.
  static final class Element {
    private final String name;
    private final List<Node> forChildren = new ArrayList<>(0);
    private final List<Node> forDescendants = new ArrayList<>(0);
    private final BitSet matched;
    private int children;
    private Map<String, int[]> childrenByName;
    private boolean contentRemoved;
    private EndTagWork endTagWork;

    private Element(String name, BitSet matched) {
      this.name = name;
      this.matched = matched;
    }

    /// The handlers whose selectors it matches.
    BitSet matched() {
      return matched;
    }

    boolean contentRemoved() {
      return contentRemoved;
    }

    void removeContent() {
      contentRemoved = true;
    }

    /// What is to be done at its end tag; null for nothing.
    EndTagWork endTagWork() {
      return endTagWork;
    }

    void atEndTag(EndTagWork work) {
      endTagWork = work;
    }
  }

  private static final Set<String> ESI = Set.of("esi:include", "esi:comment");

  private final Node root = new Node(null);
  private final List<Element> open = new ArrayList<>();
  private final Map<String, int[]> openByName = new HashMap<>();
  private final List<Node> inherited = new ArrayList<>();
  private final List<Integer> inheritedDepths = new ArrayList<>();
  private final Element document = new Element("", new BitSet());
  private final boolean esiIsVoid;
  private boolean countsTypes;

  /// @param esiIsVoid whether the tags of <https://www.w3.org/TR/esi-lang/> that have no content are known
  Elements(boolean esiIsVoid) {
    this.esiIsVoid = esiIsVoid;
  }

  /// @param handler a number that is told of the elements that match
  void add(Selector selector, int handler) {
    countsTypes |= selector.countsTypes();
    for (Selector.Complex complex : selector.alternatives()) {
      Node node = root;
      List<Node> next = root.children;
      for (int i = 0; i < complex.compounds().size(); i++) {
        if (i > 0) {
          next = complex.combinators().get(i - 1) == Selector.Combinator.CHILD ? node.children : node.descendants;
        }
        node = shared(next, complex.compounds().get(i));
      }
      node.handlers.set(handler);
    }
  }

  private static Node shared(List<Node> nodes, Selector.Compound compound) {
    for (Node node : nodes) {
      if (node.compound.equals(compound)) {
        return node;
      }
    }
    Node node = new Node(compound);
    nodes.add(node);
    return node;
  }

  /// An element begins. It is open from now on unless it can have no content.
  Element start(Tag tag, byte[] input) throws RewritingException {
    Element parent = open.isEmpty() ? document : open.getLast();
    int index = ++parent.children;
    int typeIndex = countsTypes ? countType(parent, tag.name()) : 0;
    Element element = new Element(tag.name(), new BitSet());
    matchAll(root.children, element, tag, input, index, typeIndex);
    matchAll(parent.forChildren, element, tag, input, index, typeIndex);
    matchAll(inherited, element, tag, input, index, typeIndex);
    if (canHaveContent(tag)) {
      push(element);
    }
    return element;
  }

  private static int countType(Element parent, String name) {
    if (parent.childrenByName == null) {
      parent.childrenByName = new HashMap<>();
    }
    return ++parent.childrenByName.computeIfAbsent(name, _ -> new int[1])[0];
  }

  private static void matchAll(List<Node> nodes, Element element, Tag tag, byte[] input, int index, int typeIndex) {
    for (Node node : nodes) {
      if (node.compound.matches(tag, input, index, typeIndex)) {
        element.matched.or(node.handlers);
        element.forChildren.addAll(node.children);
        element.forDescendants.addAll(node.descendants);
      }
    }
  }

  /// Whether an element that begins with this tag has an end tag of its own.
  boolean canHaveContent(Tag tag) {
    return tag.namespace() == Namespace.HTML ? !VOID.contains(tag.name()) && !(esiIsVoid && ESI.contains(tag.name())) : !tag.selfClosing();
  }

  private void push(Element element) throws RewritingException {
    if (open.size() == DEPTH_MAX) {
      throw RewritingException.memory();
    }
    int depth = open.size();
    open.add(element);
    openByName.computeIfAbsent(element.name, _ -> new int[1])[0]++;
    for (Node node : element.forDescendants) {
      if (!inherited.contains(node)) {
        inherited.add(node);
        inheritedDepths.add(depth);
      }
    }
  }

  /// An end tag closes the innermost element of its name and all that are open in it, the outermost of these first.
  void end(String name, Consumer<Element> closed) {
    if (!openByName.containsKey(name)) {
      return;
    }
    int depth = open.size() - 1;
    while (!open.get(depth).name.equals(name)) {
      depth--;
    }
    for (int i = inherited.size() - 1; i >= 0 && inheritedDepths.get(i) >= depth; i--) {
      inherited.removeLast();
      inheritedDepths.removeLast();
    }
    List<Element> gone = open.subList(depth, open.size());
    for (Element element : gone) {
      if (--openByName.get(element.name)[0] == 0) {
        openByName.remove(element.name);
      }
      closed.accept(element);
    }
    gone.clear();
  }
}
