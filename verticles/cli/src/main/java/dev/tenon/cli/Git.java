package dev.tenon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The few questions that are asked of git, in the current folder.
final class Git {

  private static final int ANSWER_SECONDS_MAX = 60;

  private record Answer(int exitCode, String out) {}

  private Git() {}

  /// @throws Complaint when there is no git, no repository or no such revision
  static void verify(String revision) {
    if (revision.startsWith("-") || ask("rev-parse", "--verify", "--quiet", revision + "^{commit}").exitCode() != 0) {
      if (ask("rev-parse", "--git-dir").exitCode() != 0) {
        throw Complaint.misuse(revision + " – the current folder is in no git repository, and there is no such file – go to a repository, or name a file");
      }
      throw Complaint.misuse(revision + " – git knows no such revision – name a branch, a tag or a commit (git fetch brings those of others)");
    }
  }

  /// @param path from the top of the repository
  static boolean isFile(String revision, String path) {
    Answer answer = ask("cat-file", "-t", revision + ":" + path);
    return answer.exitCode() == 0 && answer.out().strip().equals("blob");
  }

  /// The text of a file; empty when there is none of this name.
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
      CompletableFuture<Void> deadline = CompletableFuture.runAsync(process::destroyForcibly, CompletableFuture.delayedExecutor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS));
      try (InputStream out = process.getInputStream()) {
        String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
      } finally {
        deadline.cancel(false);
      }
    } catch (IOException e) {
      throw Complaint.misuse("git – it cannot be started – install it, or name a file instead of a revision");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Complaint("git – waiting for it was interrupted – run the command again", e);
    }
  }
}
