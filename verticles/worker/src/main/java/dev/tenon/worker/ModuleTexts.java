package dev.tenon.worker;

import java.util.Optional;
import org.graalvm.polyglot.Value;

/// Asks `modules.js` for the text of generated modules. The file system is there before the scripts are, so they come later by [#use].
final class ModuleTexts implements ModuleFileSystem.ModuleText {

  private Value scripts;

  void use(Value modules) {
    scripts = modules;
  }

  @Override
  public String ofModule(String name) {
    return scripts.invokeMember("textOfModule", name).asString();
  }

  @Override
  public Optional<String> ofBuiltin(String specifier) {
    Value text = scripts == null ? null : scripts.invokeMember("textOfBuiltin", specifier);
    return text == null || text.isNull() ? Optional.empty() : Optional.of(text.asString());
  }
}
