package dev.tidings.http.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.Event;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTextTest {

    private static PublishingHub hub;

    @BeforeAll
    static void start() {
        hub = new PublishingHub();
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "", "a=b&c=%zz+", " two\r\nlines \n", "\uFEFFmarked", "nul \0 héllo 😀"})
    void theBodyIsTheDataToTheByte(String body) {
        assertThat(hub.post("text/plain", body).statusCode()).isEqualTo(201);

        assertThat(hub.newest().data()).isEqualTo(body);
    }

    @Test
    void theOtherFieldsStandInTheQuery() {
        hub.post("text/plain; charset=utf-8", "x", "?topic=/news&type=t+t&id=text-1&retry=1&private");

        Event event = hub.newest();
        assertThat(event.topics()).containsExactly("/news");
        assertThat(event.type()).isEqualTo("t t");
        assertThat(event.id()).isEqualTo("text-1");
        assertThat(event.retry()).isEqualTo(1);
        assertThat(event.isPrivate()).isTrue();
    }

    @Test
    void aTokenInTheQueryIsNoField() {
        assertThat(hub.post("text/plain", "x", "?token=ignored&authorization=too&topic=/news")
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"?msg=y, msg", "?data=y, data", "?nonsense=1, nonsense", "?topic=%ff, topic", "?type=gap, type"})
    void aBadFieldIsNamedAndNothingIsPublished(String query, String field) {
        hub.assertRefused(hub.posting("text/plain", "x", query), 400, field + ": ");
    }
}
