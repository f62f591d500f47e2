package dev.tenon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs [ValidationBenchmark]; not among the tests. `./mvnw -Pbench -pl verticles/gateway -am verify`
class ValidationBenchmarks {

  @Test
  void validationOfOneExchange() throws RunnerException {
    assertEquals(3, new Runner(new OptionsBuilder().include(ValidationBenchmark.class.getName()).addProfiler(ProcessorTime.class).jvmArgsAppend("-XX:+UseSerialGC").build()).run().size());
  }
}
