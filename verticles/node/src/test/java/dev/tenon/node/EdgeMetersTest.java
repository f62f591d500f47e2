package dev.tenon.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EdgeMetersTest {

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final EdgeMeters meters = new EdgeMeters(registry);

  @Test
  void requestsAreCountedByOperationAndStatusWithTheirDurations() {
    for (int i = 0; i < 3; i++) {
      meters.began("auth");
    }
    meters.ended("auth", "login", "POST", 200, TimeUnit.MILLISECONDS.toNanos(30));
    meters.ended("auth", "login", "POST", 200, TimeUnit.MILLISECONDS.toNanos(300));
    meters.turnedAway(404);
    String labels = "component=\"auth\",method=\"POST\",operation=\"login\",status=\"200\"";
    assertEquals(List.of("tenon_edge_requests_seconds_count{" + labels + "} 2"), lines("tenon_edge_requests_seconds_count"));
    assertEquals(List.of("tenon_edge_requests_seconds_bucket{" + labels + ",le=\"0.05\"} 1"),
        lines("tenon_edge_requests_seconds_bucket").stream().filter(line -> line.contains("le=\"0.05\"")).toList());
    assertEquals(List.of("tenon_edge_requests_in_flight{component=\"auth\"} 1.0"), lines("tenon_edge_requests_in_flight{"));
    assertEquals(List.of("tenon_edge_other_requests_total{status=\"404\"} 1.0"), lines("tenon_edge_other_requests_total"));
  }

  private List<String> lines(String start) {
    return registry.scrape().lines().filter(line -> line.startsWith(start)).toList();
  }
}
