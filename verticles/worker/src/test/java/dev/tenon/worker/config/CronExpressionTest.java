package dev.tenon.worker.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CronExpressionTest {

  @Test
  void whatCloudflareTakesIsTaken() {
    for (String expression : List.of("* * * * *", "*/30 * * * *", "45 * * * *", "0 17 * * SUN", "0 17 * * 1", "10 7 * * mon-fri", "0 15 1 * *", "0 18 * * 6L", "0 18 * * friL",
        "59 23 LW * *", "0 0 L * *", "0 0 15W * *", "0 9 * jan,JUL mon#2", "1-5/2,10 0-23 1-31 1-12 1-7", "0 0 ? * *")) {
      assertEquals(Optional.empty(), CronExpression.fault(expression), expression);
    }
  }

  private static void check(String expression, String expected) {
    assertEquals(Optional.of(expected), CronExpression.fault(expression), expression);
  }

  @Test
  void whatIsWrongIsNamed() {
    check("* * * *", "it has 4 fields and needs five: minute, hour, day of the month, month, day of the week");
    check("60 * * * *", "\"60\" is no minute");
    check("* 24 * * *", "\"24\" is no hour");
    check("* * 0 * *", "\"0\" is no day of the month");
    check("* * * FOO *", "\"FOO\" is no month");
    check("* * * * 8", "\"8\" is no day of the week");
    check("*/0 * * * *", "\"*/0\" is no minute");
    check("1,,2 * * * *", "\"1,,2\" is no minute");
  }
}
