package dev.tenon.contract.coupling;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One compiled class and every class that its byte code names: calls, fields, signatures, annotations. The texts of its string literals name nothing.
///
/// @param name binary name, e.g. `dev.tenon.bus.Body$Bytes`
/// @param topLevel the class it is nested in, or itself
/// @param references binary names, without its own
public record ClassReferences(String name, String topLevel, Set<String> references) {

  private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([^;<>()\\[.:]+)[;<]");

  public ClassReferences {
    references = Collections.unmodifiableSet(new TreeSet<>(references));
  }

  /// Reads a class file.
  ///
  /// @throws IllegalArgumentException when it is none
  public static ClassReferences of(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    Set<Integer> literals = new HashSet<>();
    Set<String> references = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof StringEntry literal) {
        literals.add(literal.utf8().index());
      }
    }
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry named -> collect(named.asInternalName(), references);
        case Utf8Entry text when !literals.contains(text.index()) -> collectDescriptor(text.stringValue(), references);
        default -> { }
      }
    }
    String name = dotted(model.thisClass().asInternalName());
    references.remove(name);
    String topLevel = model.findAttribute(Attributes.nestHost()).map(host -> dotted(host.nestHost().asInternalName())).orElse(name);
    return new ClassReferences(name, topLevel, references);
  }

  /// Reads all class files below a folder, in the order of their paths; none when it is not there.
  ///
  /// @throws CouplingException when one cannot be read
  public static List<ClassReferences> below(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".class") && !file.endsWith("module-info.class")).sorted().map(ClassReferences::read).toList();
    } catch (IOException broken) {
      throw new CouplingException(folder + " – the folder cannot be read – make it readable", broken);
    }
  }

  private static ClassReferences read(Path file) {
    try {
      return of(Files.readAllBytes(file));
    } catch (IOException | IllegalArgumentException broken) {
      throw new CouplingException(file + " – it is no class file that can be read – build again", broken);
    }
  }

  /// A class entry is `a/b/C` or, for arrays, `[La/b/C;`.
  private static void collect(String text, Set<String> references) {
    if (text.startsWith("[")) {
      collectDescriptor(text, references);
    } else {
      references.add(dotted(text));
    }
  }

  /// A descriptor or a signature holds any number of `La/b/C;`, or `La/b/C<…>;`.
  private static void collectDescriptor(String text, Set<String> references) {
    Matcher matcher = IN_DESCRIPTOR.matcher(text);
    while (matcher.find()) {
      references.add(dotted(matcher.group(1)));
    }
  }

  private static String dotted(String internal) {
    return internal.replace('/', '.');
  }
}
