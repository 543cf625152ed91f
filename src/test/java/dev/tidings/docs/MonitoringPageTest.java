package dev.tidings.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files beside {@code docs/monitoring.md} speak of the metrics that the page lists, and the page of the alerts in them. */
class MonitoringPageTest {

    private static final Path PAGE = Path.of("docs/monitoring.md");
    private static final Path ALERTS = Path.of("src/examples/monitoring/alerts.yml");
    private static final Path DASHBOARD = Path.of("src/examples/monitoring/dashboard.json");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(tidings_\\w+)`");
    private static final Pattern METRIC = Pattern.compile("tidings_\\w+");
    private static final Pattern EXPRESSION = Pattern.compile("(?m)^ +expr: (.*)$");
    private static final Pattern ALERT = Pattern.compile("alert: (\\w+)");
    private static final Pattern ALERT_ROW = Pattern.compile("(?m)^\\| `(Tidings\\w+)`");

    @Test
    void alertsAreAboutMetricsOfThePage() throws IOException {
        Set<String> used = EXPRESSION
                .matcher(Files.readString(ALERTS))
                .results()
                .flatMap(line -> METRIC.matcher(line.group(1)).results())
                .map(MatchResult::group)
                .map(MonitoringPageTest::family)
                .collect(toSet());
        assertThat(used).isNotEmpty().isSubsetOf(all(ROW, PAGE));
    }

    @Test
    void dashboardShowsMetricsOfThePage() throws IOException {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Set<String> used = dashboard.findValuesAsText("expr").stream()
                .flatMap(expression -> METRIC.matcher(expression).results())
                .map(MatchResult::group)
                .map(MonitoringPageTest::family)
                .collect(toSet());
        assertThat(used).hasSizeGreaterThan(10).isSubsetOf(all(ROW, PAGE));
    }

    @Test
    void pageSaysWhatToDoAboutEachAlert() throws IOException {
        assertThat(all(ALERT_ROW, PAGE)).isEqualTo(all(ALERT, ALERTS)).isNotEmpty();
    }

    /** The name of a histogram, without what its series have behind it. */
    private static String family(String metric) {
        return metric.replaceFirst("_(bucket|sum|count)$", "");
    }

    private static Set<String> all(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .collect(toSet());
    }
}
