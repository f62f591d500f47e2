package dev.tenon.cli;

import dev.tenon.contract.ContractDocument;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractFiles;
import dev.tenon.contract.ContractProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// A contract that was named on the command line: by a file, a folder with an `openapi.yaml`, `REVISION:PATH` in git, or `live:COMPONENT`.
///
/// @param folder what stands before the names of its files when they are shown
record ContractSource(ContractDocument document, String folder) {

  private static final List<String> NAMES = List.of("openapi.yaml", "openapi.yml", "openapi.json");
  private static final String LIVE = "live:";

  /// What one of its files is called for the user.
  String shown(String file) {
    return folder + file;
  }

  static ContractSource read(String argument, LiveFlags live) {
    Optional<Path> path = path(argument);
    if (path.isPresent()) {
      return file(path.get());
    }
    if (argument.startsWith(LIVE) && argument.length() > LIVE.length()) {
      String component = argument.substring(LIVE.length());
      String text = LiveContract.fetch(live.controlUrl(), component);
      String name = component + ".json";
      return load(argument, name, ContractFiles.of(Map.of(name, text)), LIVE);
    }
    int colon = argument.indexOf(':');
    if (colon > 0) {
      return revision(argument, argument.substring(0, colon), argument.substring(colon + 1));
    }
    throw Complaint.misuse(argument + " – there is no such file or folder – name a contract's file, its folder, REVISION:PATH in git, or live:COMPONENT");
  }

  private static Optional<Path> path(String argument) {
    try {
      Path path = Path.of(argument);
      if (Files.isDirectory(path)) {
        return Optional.of(NAMES.stream().map(path::resolve).filter(Files::isRegularFile).findFirst()
            .orElseThrow(() -> Complaint.misuse(argument + " – the folder has no openapi.yaml – name the contract's file")));
      }
      return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException never) {
      return Optional.empty();
    }
  }

  private static ContractSource file(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    return load(path.toString(), path.getFileName().toString(), ContractFiles.in(folder), path.getParent() == null ? "" : path.getParent() + "/");
  }

  private static ContractSource revision(String argument, String revision, String path) {
    Git.verify(revision);
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<String> candidates = new ArrayList<>(List.of(trimmed));
    NAMES.forEach(name -> candidates.add(trimmed.isEmpty() ? name : trimmed + "/" + name));
    for (String candidate : candidates) {
      if (Git.isFile(revision, candidate)) {
        int slash = candidate.lastIndexOf('/');
        String folder = slash < 0 ? "" : candidate.substring(0, slash + 1);
        ContractFiles files = name -> name.startsWith("../") ? Optional.empty() : Git.show(revision, folder + name);
        return load(argument, candidate.substring(slash + 1), files, revision + ":" + folder);
      }
    }
    throw Complaint.misuse(argument + " – the revision has no such file, and no folder of this name with an openapi.yaml – correct the path, which begins at the top of the repository");
  }

  private static ContractSource load(String argument, String file, ContractFiles files, String folder) {
    try {
      return new ContractSource(ContractDocument.load(file, files), folder);
    } catch (ContractException e) {
      throw Complaint.misuse(argument + " – it cannot be read – correct it:\n" + e.problems().stream().map(problem -> "  " + folder + problem(problem)).collect(Collectors.joining("\n")));
    } catch (UncheckedIOException unreadable) {
      throw Complaint.misuse(argument + " – it cannot be read: " + reason(unreadable.getCause()) + " – make it a readable text in UTF-8");
    }
  }

  private static String problem(ContractProblem problem) {
    return problem.toString();
  }

  private static String reason(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
