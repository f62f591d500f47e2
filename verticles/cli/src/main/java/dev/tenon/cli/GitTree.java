package dev.tenon.cli;

import dev.tenon.contract.gate.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A folder of a repository as it was at a revision of git.
final class GitTree implements SourceTree {

  private record Answer(int exitCode, String out) {}

  private final Path folder;
  private final String revision;

  /// @throws Complaint when there is no such revision
  GitTree(Path folder, String revision) {
    this.folder = folder;
    this.revision = revision;
    if (ask("rev-parse", "--is-inside-work-tree").exitCode() != 0) {
      throw Complaint.misuse(revision + " – " + folder.toAbsolutePath() + " is not in a repository of git – go to one, or compare with a cluster by --control");
    }
    if (revision.startsWith("-") || ask("rev-parse", "--verify", "--quiet", revision + "^{commit}").exitCode() != 0) {
      throw Complaint.misuse(revision + " – git knows no such revision – name a branch, a tag or a commit (git fetch brings those of others)");
    }
  }

  @Override
  public List<String> files() {
    return ask("ls-tree", "-r", "--name-only", revision).out().lines().toList();
  }

  @Override
  public Optional<String> read(String name) {
    Answer answer = ask("show", revision + ":./" + name);
    return answer.exitCode() == 0 ? Optional.of(answer.out()) : Optional.empty();
  }

  @Override
  public String shown(String name) {
    return revision + ":" + name;
  }

  private Answer ask(String... words) {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toAbsolutePath().toString()));
    command.addAll(List.of(words));
    try {
      Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), out);
    } catch (IOException missing) {
      throw new Complaint("git – it cannot be started – install it, or compare with a cluster by --control", missing);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Complaint("git – the command was interrupted", stopped);
    }
  }
}
