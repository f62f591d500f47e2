package dev.tenon.contract.coupling;

import dev.tenon.contract.coupling.Dependency.Via;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Components and the operations that join them, as SVG: who consumes stands left of what is consumed, each operation is a row of the component that has it, and code that
/// depends on code is drawn in red.
public final class CouplingPicture {

  private static final int MARGIN = 32;
  private static final int TITLE_HEIGHT = 56;
  private static final int HEAD_HEIGHT = 52;
  private static final int ROW_HEIGHT = 24;
  private static final int GAP_X = 150;
  private static final int GAP_Y = 32;
  private static final int LANE_HEIGHT = 22;
  private static final int WIDTH_MIN = 190;
  private static final double BOLD_WIDTH = 9.2;
  private static final double SMALL_WIDTH = 6.6;
  private static final double CODE_WIDTH = 7.4;

  /// Where one component is drawn.
  private record Box(String name, String line, List<String> rows, double x, double y, double width, boolean measured) {
    double height() {
      return HEAD_HEIGHT + rows.size() * ROW_HEIGHT + (rows.isEmpty() ? 0 : 8);
    }

    double right() {
      return x + width;
    }

    double rowMiddle(String row) {
      int index = rows.indexOf(row);
      return index < 0 ? y + HEAD_HEIGHT / 2.0 : y + HEAD_HEIGHT + index * ROW_HEIGHT + ROW_HEIGHT / 2.0;
    }
  }

  /// All dependencies of one kind that are drawn as one line.
  private record Line(String from, String to, String row, boolean code) {}

  /// Where lines from one component to another pass a column that neither of them is in: below its boxes.
  private record Lane(String from, String to, int column) {}

  /// Where the boxes of one column stand.
  private record Column(double x, double width) {}

  private final Coupling coupling;
  private final double ratioMax;
  private final Map<String, Component> measured = new LinkedHashMap<>();
  private final Map<Line, Integer> lines = new LinkedHashMap<>();
  private final Map<String, Set<String>> rows = new HashMap<>();
  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final Map<String, Integer> columnOf = new HashMap<>();
  private final Map<Integer, Column> columns = new TreeMap<>();
  private final Map<Lane, Double> lanes = new LinkedHashMap<>();
  private final StringBuilder svg = new StringBuilder();

  private CouplingPicture(Coupling coupling, double ratioMax) {
    this.coupling = coupling;
    this.ratioMax = ratioMax;
  }

  /// Draws.
  ///
  /// @param ratioMax what the ratio is compared with in the title
  /// @return a whole document; the same for the same coupling
  public static String svg(Coupling coupling, double ratioMax) {
    return new CouplingPicture(coupling, ratioMax).draw();
  }

  private String draw() {
    coupling.components().forEach(component -> measured.put(component.name(), component));
    for (Dependency each : coupling.between()) {
      String row = row(each);
      lines.merge(new Line(each.from().component(), each.to().component(), row, each.via().isCode()), 1, Integer::sum);
      if (!row.isEmpty()) {
        rows.computeIfAbsent(each.to().component(), _ -> new TreeSet<>()).add(row);
      }
    }
    place();
    double width = boxes.values().stream().mapToDouble(Box::right).max().orElse(0) + MARGIN;
    double height = boxes.values().stream().mapToDouble(box -> box.y() + box.height()).max().orElse(0);
    height = Math.max(height, lanes.values().stream().mapToDouble(y -> y).max().orElse(0)) + MARGIN;
    open(Math.max(width, MARGIN * 2 + summary().length() * SMALL_WIDTH), height);
    lines.forEach(this::line);
    boxes.values().forEach(this::box);
    return svg.append("</svg>\n").toString();
  }

  private static String row(Dependency each) {
    return switch (each.via()) {
      case OPERATION -> each.to().unit().isEmpty() ? "(all of it)" : each.to().unit();
      case BINDING -> "(whatever " + each.from().unit() + " calls)";
      case CLASS, MODULE, PACKAGE -> "";
    };
  }

  private void place() {
    Set<String> names = new LinkedHashSet<>(measured.keySet());
    coupling.between().forEach(each -> names.add(each.to().component()));
    Map<Integer, List<String>> members = new TreeMap<>();
    for (String name : names) {
      members.computeIfAbsent(column(name, new HashSet<>()), _ -> new ArrayList<>()).add(name);
    }
    double x = MARGIN;
    for (Map.Entry<Integer, List<String>> each : members.entrySet()) {
      List<String> column = each.getValue();
      column.sort(Comparator.comparingDouble(this::middleOfConsumers));
      double width = column.stream().mapToDouble(this::width).max().orElse(WIDTH_MIN);
      columns.put(each.getKey(), new Column(x, width));
      double y = TITLE_HEIGHT + MARGIN;
      for (String name : column) {
        Box box = new Box(name, line(name), rowsOf(name), x, y, width, measured.containsKey(name));
        boxes.put(name, box);
        y += box.height() + GAP_Y;
      }
      lanes(each.getKey(), y);
      x += width + GAP_X;
    }
  }

  /// So that lines cross little; a column's consumers stand in columns before it.
  private double middleOfConsumers(String name) {
    return lines.keySet().stream().filter(line -> line.to().equals(name) && boxes.containsKey(line.from())).mapToDouble(line -> boxes.get(line.from()).y())
        .average().orElse(Double.MAX_VALUE);
  }

  private void lanes(int column, double top) {
    double y = top;
    for (Line line : lines.keySet()) {
      Lane lane = new Lane(line.from(), line.to(), column);
      if (columnOf.get(line.from()) < column && column < columnOf.get(line.to()) && !lanes.containsKey(lane)) {
        lanes.put(lane, y);
        y += LANE_HEIGHT;
      }
    }
  }

  /// The longest chain of consumers before a component; a circle is cut where it closes.
  ///
  /// @param open the components of the chain that is being followed
  private int column(String name, Set<String> open) {
    if (columnOf.containsKey(name)) {
      return columnOf.get(name);
    }
    if (!open.add(name)) {
      return -1;
    }
    int longest = -1;
    for (Line line : lines.keySet()) {
      if (line.to().equals(name)) {
        longest = Math.max(longest, column(line.from(), open));
      }
    }
    open.remove(name);
    columnOf.put(name, longest + 1);
    return longest + 1;
  }

  private List<String> rowsOf(String name) {
    return List.copyOf(rows.getOrDefault(name, Set.of()));
  }

  private String line(String name) {
    Component component = measured.get(name);
    return component == null ? "in another repository"
        : String.format(Locale.ROOT, "%s · %.2f · %d inside", component.kind().word(), coupling.ratio(component), coupling.inside(component).size());
  }

  private double width(String name) {
    double widest = Math.max(name.length() * BOLD_WIDTH, line(name).length() * SMALL_WIDTH);
    widest = Math.max(widest, rowsOf(name).stream().mapToDouble(row -> row.length() * CODE_WIDTH).max().orElse(0));
    return Math.max(WIDTH_MIN, widest + 40);
  }

  private String summary() {
    return String.format(Locale.ROOT, "Coupling %.3f, at most %.2f: %d between components, %d inside", coupling.ratio(), ratioMax, coupling.between().size(), coupling.inside().size());
  }

  private void open(double width, double height) {
    svg.append(String.format(Locale.ROOT, """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$.0f" height="%2$.0f" viewBox="0 0 %1$.0f %2$.0f" role="img" aria-label="%3$s">
        <style>
          text { font-family: system-ui, "DejaVu Sans", sans-serif; fill: #1b2733 }
          .name { font-size: 15px; font-weight: 600 } .small { font-size: 12px; fill: #55636f } .row { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px }
          .code { font-size: 12px; fill: #b3261e }
        </style>
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#3f6f95"/></marker>
          <marker id="code-arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#b3261e"/></marker>
        </defs>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text class="name" x="%4$d" y="36">%3$s</text>
        """, width, height, escaped(summary()), MARGIN));
  }

  private void line(Line line, int count) {
    Box from = boxes.get(line.from());
    Box to = boxes.get(line.to());
    boolean forward = to.x() > from.x();
    double y1 = from.y() + HEAD_HEIGHT / 2.0;
    double y2 = line.code() ? to.y() + HEAD_HEIGHT / 4.0 : to.rowMiddle(line.row());
    StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "M%.1f %.1f", from.right(), y1));
    if (forward) {
      double x = from.right();
      double y = y1;
      for (int i = columnOf.get(line.from()) + 1; i < columnOf.get(line.to()); i++) {
        Column passed = columns.get(i);
        double laneY = lanes.get(new Lane(line.from(), line.to(), i));
        curve(path, x, y, passed.x(), laneY);
        x = passed.x() + passed.width();
        y = laneY;
        path.append(String.format(Locale.ROOT, "H%.1f", x));
      }
      curve(path, x, y, to.x(), y2);
    } else {
      // A circle: round the right sides.
      double bend = GAP_X / 2.0;
      path.append(String.format(Locale.ROOT, "C%.1f %.1f %.1f %.1f %.1f %.1f", from.right() + bend, y1, to.right() + bend, y2, to.right(), y2));
    }
    svg.append(String.format(Locale.ROOT, "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"%s marker-end=\"url(#%s)\"/>%n",
        path, line.code() ? "#b3261e" : "#3f6f95", line.code() ? " stroke-dasharray=\"6 4\"" : "", line.code() ? "code-arrow" : "arrow"));
    if (line.code()) {
      svg.append(String.format(Locale.ROOT, "<text class=\"code\" x=\"%.1f\" y=\"%.1f\">code, %d×</text>%n", from.right() + 8, y1 - 8, count));
    }
  }

  private static void curve(StringBuilder path, double x1, double y1, double x2, double y2) {
    double bend = (x2 - x1) / 2;
    path.append(String.format(Locale.ROOT, "C%.1f %.1f %.1f %.1f %.1f %.1f", x1 + bend, y1, x2 - bend, y2, x2, y2));
  }

  private void box(Box box) {
    svg.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"8\" fill=\"%s\" stroke=\"#8fa3b3\"%s/>%n",
        box.x(), box.y(), box.width(), box.height(), box.measured() ? "#f2f6f9" : "#ffffff", box.measured() ? "" : " stroke-dasharray=\"4 4\""));
    text("name", box.x() + 16, box.y() + 22, box.name());
    text("small", box.x() + 16, box.y() + 41, box.line());
    for (String row : box.rows()) {
      double middle = box.rowMiddle(row);
      svg.append(String.format(Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#3f6f95\"/>%n", box.x(), middle));
      text("row", box.x() + 16, middle + 4, row);
    }
    String needs = coupling.between().stream().filter(each -> each.from().component().equals(box.name()) && each.via() != Via.OPERATION)
        .map(Dependency::toString).collect(Collectors.joining("\n"));
    if (!needs.isEmpty()) {
      svg.append(String.format(Locale.ROOT, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"transparent\"><title>%s</title></rect>%n",
          box.x(), box.y(), box.width(), box.height(), escaped(needs)));
    }
  }

  private void text(String style, double x, double y, String text) {
    svg.append(String.format(Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n", style, x, y, escaped(text)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
  }
}
