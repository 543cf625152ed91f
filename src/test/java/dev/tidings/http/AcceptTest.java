package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | 1",
                "TEXT/HTML | 1",
                "text/* | 1",
                "*/* | 1",
                "* | 1",
                "text/html;q=0.5 | 0.5",
                "text/html; level=1 ; q = 0.5 | 0.5",
                "text/html;level=1 | 1",
                "text/html;q=0 | 0",
                "text/html;q=often | 1",
                "application/json, text/html;q=0.5 | 0.5",
                "application/json | 0",
                "application/* | 0",
                "text/htmlx | 0",
                "text | 0"
            })
    void typeHasTheWeightOfTheRangeThatNamesIt(String header, double weight) {
        assertThat(Accept.weight(header, "text/html")).isEqualTo(weight);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html;q=0.1, text/*;q=0.2, */*;q=0.3 | 0.1",
                "*/*;q=0.3, text/*;q=0.2, text/html;q=0.1 | 0.1",
                "*/*;q=0.3, text/*;q=0.2 | 0.2",
                "text/*;q=0.2, */*;q=0.3 | 0.2",
                "text/html;q=0, */* | 0",
                "text/html;q=0.1, text/html;q=0.2 | 0.1"
            })
    void mostPreciseRangeCounts(String header, double weight) {
        assertThat(Accept.weight(header, "text/html")).isEqualTo(weight);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                " | true",
                "'' | true",
                "text/html | true",
                "text/html;q=0.001 | true",
                "text/html;q=0 | false",
                "application/json | false"
            })
    void requestAllowsWhatItDoesNotExclude(String header, boolean allowed) {
        var request = new HeldRequest();
        request.headers.put("Accept", header);
        assertThat(Accept.allows(request, "text/html")).isEqualTo(allowed);
    }
}
