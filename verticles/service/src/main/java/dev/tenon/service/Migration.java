package dev.tenon.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/// One step forward of a service's schema.
///
/// @param file e.g. `V2__add_sessions.sql`
/// @param version e.g. `2`
record Migration(String file, String version, String sql) {

  private static final Pattern FILE = Pattern.compile("V(\\d{1,9})__\\w+\\.sql");

  /// The migrations in a folder of a class path, oldest first; blocks.
  ///
  /// @throws ServiceException when a file there is not named as a migration, or two have one version
  static List<Migration> in(List<Path> classPath, String folder) throws IOException {
    List<Migration> all = new ArrayList<>();
    for (Path entry : classPath) {
      if (Files.isDirectory(entry)) {
        read(entry.resolve(folder), all);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(entry)) {
          read(jar.getPath(folder), all);
        }
      }
    }
    all.sort(Comparator.comparingInt(migration -> Integer.parseInt(migration.version())));
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).version().equals(all.get(i - 1).version())) {
        throw new ServiceException("migrations in " + folder + " – " + all.get(i - 1).file() + " and " + all.get(i).file()
            + " have the same version – give the newer one the next number");
      }
    }
    return List.copyOf(all);
  }

  /// The number Flyway keeps of a script in its history: CRC-32 over its lines, whatever ends them.
  int checksum() {
    CRC32 crc = new CRC32();
    try (BufferedReader lines = new BufferedReader(new StringReader(sql))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        crc.update(line.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return (int) crc.getValue();
  }

  private static void read(Path folder, List<Migration> into) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sql")).toList()) {
        String name = file.getFileName().toString();
        Matcher matcher = FILE.matcher(name);
        if (!matcher.matches()) {
          throw new ServiceException("migration " + folder + "/" + name
              + " – it is not named as one – write it as V<number>__<what_it_does>.sql");
        }
        into.add(new Migration(name, matcher.group(1).replaceFirst("^0+(?=.)", ""), Files.readString(file, StandardCharsets.UTF_8)));
      }
    }
  }
}
