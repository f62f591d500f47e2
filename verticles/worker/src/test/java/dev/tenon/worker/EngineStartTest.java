package dev.tenon.worker;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.junit.jupiter.api.Test;

class EngineStartTest {

  @Test
  void startsAsOftenAsItIsCalled() {
    assertDoesNotThrow(EngineStart::run);
    assertDoesNotThrow(EngineStart::run);
  }
}
