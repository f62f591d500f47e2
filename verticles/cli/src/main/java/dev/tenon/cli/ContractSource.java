package dev.tenon.cli;

import dev.tenon.contract.ContractDocument;
import dev.tenon.contract.ContractException;
import dev.tenon.contract.ContractFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds a contract by what a command's argument says: a file, a folder with an `openapi.yaml`, or `REVISION:PATH` in git.
final class ContractSource {

  private static final List<String> NAMES = List.of("openapi.yaml", "openapi.yml", "openapi.json");

  private ContractSource() {}

  static ContractDocument read(String argument) {
    try {
      Optional<Path> path = path(argument);
      if (path.isPresent()) {
        return ContractDocument.load(path.get());
      }
      int colon = argument.indexOf(':');
      if (colon > 0) {
        return revision(argument.substring(0, colon), argument.substring(colon + 1));
      }
    } catch (ContractException e) {
      throw new Complaint(argument + " – it cannot be read:\n" + e.getMessage(), e);
    }
    throw new Complaint(argument + " – there is no such file or folder – name a contract's file, its folder, or REVISION:PATH");
  }

  private static Optional<Path> path(String argument) {
    try {
      Path path = Path.of(argument);
      if (Files.isDirectory(path)) {
        return Optional.of(NAMES.stream().map(path::resolve).filter(Files::isRegularFile).findFirst()
            .orElseThrow(() -> new Complaint(argument + " – the folder has no openapi.yaml – name the contract's file")));
      }
      return Files.isRegularFile(path) ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException never) {
      return Optional.empty();
    }
  }

  private static ContractDocument revision(String revision, String path) {
    Git.verify(revision);
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    List<String> candidates = new ArrayList<>(List.of(trimmed));
    NAMES.forEach(name -> candidates.add(trimmed.isEmpty() ? name : trimmed + "/" + name));
    for (String candidate : candidates) {
      if (Git.isFile(revision, candidate)) {
        int slash = candidate.lastIndexOf('/');
        String folder = slash < 0 ? "" : candidate.substring(0, slash + 1);
        ContractFiles files = name -> name.startsWith("../") ? Optional.empty() : Git.show(revision, folder + name);
        return ContractDocument.load(candidate.substring(slash + 1), files);
      }
    }
    throw new Complaint(revision + ":" + path + " – the revision has no such file, and no folder of this name with an openapi.yaml – correct the path");
  }

  /// The few questions that are asked of git.
  private static final class Git {

    private record Answer(int exitCode, String out) {}

    static void verify(String revision) {
      if (ask("rev-parse", "--is-inside-work-tree").exitCode() != 0) {
        throw new Complaint(revision + " – this is not a folder of a git repository – go to one, or name a file");
      }
      if (revision.startsWith("-") || ask("rev-parse", "--verify", "--quiet", revision + "^{commit}").exitCode() != 0) {
        throw new Complaint(revision + " – git knows no such revision – name a branch, a tag or a commit (git fetch brings those of others)");
      }
    }

    static boolean isFile(String revision, String path) {
      Answer answer = ask("cat-file", "-t", revision + ":" + path);
      return answer.exitCode() == 0 && answer.out().strip().equals("blob");
    }

    static Optional<String> show(String revision, String path) {
      Answer answer = ask("show", revision + ":" + path);
      return answer.exitCode() == 0 ? Optional.of(answer.out()) : Optional.empty();
    }

    private static Answer ask(String... words) {
      List<String> command = new ArrayList<>(List.of("git"));
      command.addAll(List.of(words));
      try {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out);
      } catch (IOException e) {
        throw new Complaint("git – it cannot be started – install it, or name a file instead of a revision", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Complaint("git – the command was interrupted", e);
      }
    }
  }
}
