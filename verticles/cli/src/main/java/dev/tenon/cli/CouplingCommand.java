package dev.tenon.cli;

import dev.tenon.contract.coupling.Component;
import dev.tenon.contract.coupling.Coupling;
import dev.tenon.contract.coupling.CouplingException;
import dev.tenon.contract.coupling.CouplingPicture;
import dev.tenon.contract.coupling.Dependency;
import dev.tenon.cli.graph.WorkerGraphs;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenon coupling`.
@Command(name = "coupling", description = {
    "Measure how far the components of a repository depend on each other: dependencies between components ÷ all dependencies.",
    "Fails above --max, and on any code of one component that depends on code of another."})
final class CouplingCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "DIR", description = "The repository: its services are in verticles/, its workers in js-workers/ (default: the current folder).")
  private Path directory = Path.of("");

  @Option(names = "--max", paramLabel = "RATIO", description = "The greatest ratio that the whole system may have, 0 to 1 (default: 0.30).")
  private double ratioMax = Coupling.RATIO_MAX;

  @Option(names = "--max-component", paramLabel = "RATIO", description = "The greatest ratio that each component may have, 0 to 1 (default: 1).")
  private double componentRatioMax = 1;

  @Option(names = "--svg", paramLabel = "FILE", description = "Draw the components and the operations that join them.")
  private Path picture;

  @Option(names = "--json", description = "Print JSON, with every dependency.")
  private boolean json;

  @Override
  public Integer call() {
    checkRatio("--max", ratioMax);
    checkRatio("--max-component", componentRatioMax);
    if (!Files.isDirectory(directory.toAbsolutePath())) {
      throw Complaint.misuse(directory + " – there is no such folder – check the path");
    }
    Coupling coupling = measure(directory.toAbsolutePath(), Home.find());
    if (picture != null) {
      draw(coupling);
    }
    List<String> excesses = excesses(coupling);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(coupling, excesses).encodePrettily());
    } else {
      print(coupling, out);
      excesses.forEach(sentence -> out.println("too much: " + sentence));
    }
    return excesses.isEmpty() ? 0 : 1;
  }

  private static Coupling measure(Path root, Home home) {
    try (WorkerGraphs workers = new WorkerGraphs(home.cache().resolve("esbuild"))) {
      return Coupling.measure(root, workers);
    } catch (CouplingException broken) {
      throw new Complaint(broken.getMessage(), broken);
    }
  }

  private static void checkRatio(String option, double ratio) {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw Complaint.misuse(option + " – " + ratio + " is not between 0 and 1 – choose one that is");
    }
  }

  private void draw(Coupling coupling) {
    try {
      Files.writeString(picture, CouplingPicture.svg(coupling, ratioMax));
    } catch (IOException broken) {
      throw new Complaint("--svg – " + picture + " cannot be written – name a file in a folder that is there", broken);
    }
  }

  /// One sentence for each reason to fail.
  private List<String> excesses(Coupling coupling) {
    Stream<String> code = coupling.codeBetween().stream().map(each -> "code of one component depends on another's – " + each + " – call it through its contract instead");
    Stream<String> system = coupling.ratio() > ratioMax ? Stream.of(excess("the system", coupling.ratio(), ratioMax)) : Stream.empty();
    Stream<String> components = coupling.components().stream()
        .filter(component -> coupling.ratio(component) > componentRatioMax)
        .map(component -> excess(component.name(), coupling.ratio(component), componentRatioMax));
    return Stream.of(code, system, components).flatMap(sentences -> sentences).toList();
  }

  private static String excess(String what, double ratio, double max) {
    return String.format(Locale.ROOT, "%s – its coupling ratio is %.3f, above %.2f – move what is consumed together into one component, or consume less", what, ratio, max);
  }

  private static void print(Coupling coupling, PrintWriter out) {
    out.printf(Locale.ROOT, "%-20s %-8s %6s %8s %7s%n", "component", "", "inside", "between", "ratio");
    for (Component component : coupling.components()) {
      out.printf(Locale.ROOT, "%-20s %-8s %6d %8d %7.3f%n", component.name(), component.kind().word(), coupling.inside(component).size(), coupling.between(component).size(),
          coupling.ratio(component));
    }
    out.printf(Locale.ROOT, "%-20s %-8s %6d %8d %7.3f%n", "system", "", coupling.inside().size(), coupling.between().size(), coupling.ratio());
    coupling.between().forEach(each -> out.println("  " + each));
  }

  private JsonObject json(Coupling coupling, List<String> excesses) {
    JsonArray components = new JsonArray();
    for (Component component : coupling.components()) {
      components.add(new JsonObject().put("name", component.name()).put("kind", component.kind().word()).put("folder", component.folder().toString())
          .put("inside", coupling.inside(component).size()).put("between", coupling.between(component).size()).put("ratio", coupling.ratio(component)));
    }
    return new JsonObject().put("ratio", coupling.ratio()).put("max", ratioMax).put("maxComponent", componentRatioMax).put("ok", excesses.isEmpty())
        .put("inside", coupling.inside().size()).put("between", coupling.between().size()).put("components", components)
        .put("dependencies", new JsonObject().put("between", list(coupling.between())).put("inside", list(coupling.inside())))
        .put("failures", new JsonArray(excesses));
  }

  private static JsonArray list(Iterable<Dependency> dependencies) {
    JsonArray list = new JsonArray();
    for (Dependency each : dependencies) {
      list.add(new JsonObject().put("from", end(each.from())).put("to", end(each.to())).put("via", each.via().name().toLowerCase(Locale.ROOT)).put("code", each.via().isCode()));
    }
    return list;
  }

  private static JsonObject end(Dependency.End end) {
    JsonObject object = new JsonObject().put("component", end.component());
    return end.unit().isEmpty() ? object : object.put("unit", end.unit());
  }
}
