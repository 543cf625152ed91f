package dev.tidings.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Results results = new Results();

    @Test
    void belowTheMedianStandTheLeastAndTheMost() {
        add("jetty", 1, 20);
        add("jetty", 2, 10);
        add("jetty", 3, 60);
        add("nchan", 1, 40);
        assertThat(table()).isEqualTo("""
                paced           p50 ms
                jetty    20.00 (x0.50)
                        10.00 to 60.00
                nchan            40.00
                """);
    }

    @Test
    void roundThatWarmsUpOrWentWrongDoesNotCount() {
        add("jetty", 0, 99);
        add("jetty", 1, 20);
        results.add(new Results.Result("paced", "jetty", 2, Outcome.failed("cut")));
        assertThat(table()).isEqualTo("""
                paced   p50 ms
                jetty    20.00
                """);
    }

    @Test
    void boundsMayBeNegative() {
        add("nchan", 1, -1.2);
        add("nchan", 2, -0.3);
        assertThat(table()).contains("-1.20 to -0.30");
    }

    private void add(String server, int round, double figure) {
        results.add(new Results.Result("paced", server, round, new Outcome().with(Metric.P50, figure)));
    }

    private String table() {
        return new Table(results, Optional.of("nchan")).of("paced");
    }
}
