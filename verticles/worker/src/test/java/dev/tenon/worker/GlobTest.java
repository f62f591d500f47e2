package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

  @ParameterizedTest
  @CsvSource({
      "**/*.txt, ./a.txt, true",
      "**/*.txt, ../x/a.txt, true",
      "**/*.txt, pkg/a.txt, true",
      "**/*.txt, a.txt, false",
      "**/*.txt, ./a.txt.js, false",
      "**/*.txt, ./atxt, false",
      "**/*.wasm?module, ./a.wasm?module, true",
      "**/*.wasm?module, ./a.wasmXmodule, false",
      "*.md, a/b.md, true",
      "data-[1].bin, data-[1].bin, true",
  })
  void importsMatchAsTheyAreWritten(String glob, String path, boolean expected) {
    assertEquals(expected, path.matches(Glob.forImports(glob)));
  }

  @ParameterizedTest
  @CsvSource({
      "**/*.txt, a.txt, true",
      "**/*.txt, x/y/a.txt, true",
      "*.txt, a.txt, true",
      "*.txt, x/a.txt, false",
      "lang/*.js, lang/fr.js, true",
      "lang/*.js, lang/x/fr.js, false",
      "lang/**/*.js, lang/x/y/fr.js, true",
      "lang/**/*.js, lang/fr.js, true",
      "**, x/y/z, true",
      "a**b/c, axxb/c, true",
  })
  void pathsMatchSegmentBySegment(String glob, String path, boolean expected) {
    assertEquals(expected, path.matches(Glob.forPaths(glob)));
  }
}
