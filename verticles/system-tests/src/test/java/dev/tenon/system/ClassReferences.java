package dev.tenon.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One compiled class and every class that its byte code names: calls, fields, signatures, annotations.
///
/// @param name binary name, e.g. `dev.tenon.bus.Body$Bytes`
record ClassReferences(String name, Set<String> references) {

  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([\\p{Alnum}_$/]+)[;<]");

  /// Reads a class file.
  static ClassReferences of(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    Set<String> references = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry named -> collect(named.asInternalName(), references);
        case Utf8Entry text -> collect(text.stringValue(), references);
        default -> { }
      }
    }
    String name = dotted(model.thisClass().asInternalName());
    references.remove(name);
    return new ClassReferences(name, references);
  }

  /// Reads all class files below a folder; none when it is not there.
  static List<ClassReferences> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class")).map(ClassReferences::read).toList();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static ClassReferences read(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /// A class entry is `a/b/C` or, for arrays, `[La/b/C;`; a descriptor holds any number of `La/b/C;`.
  private static void collect(String text, Set<String> references) {
    if (text.matches("[\\p{Alnum}_$]+(/[\\p{Alnum}_$]+)+")) {
      references.add(dotted(text));
      return;
    }
    Matcher matcher = IN_DESCRIPTOR.matcher(text);
    while (matcher.find()) {
      references.add(dotted(matcher.group(1)));
    }
  }

  private static String dotted(String internal) {
    return internal.replace('/', '.');
  }
}
