package dev.tidings.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.event.PublishRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The events that each feed publishes. */
class DemoFeedsTest {

    private static final Instant NOW = Instant.parse("2006-01-02T13:04:05.678Z");

    @Test
    void clockShowsTheZonesTime() {
        PublishRequest event = new ClockFeed(ZoneOffset.ofHours(2)).next(NOW);
        assertThat(event)
                .isEqualTo(new PublishRequest(List.of("/feeds/clock"), null, "2006-01-02 15:04:05", null, null, false));
    }

    @Test
    void greetingHasATimestampAndAMessage() throws Exception {
        var feed = new GreetingFeed();
        JsonNode first = json(feed.next(NOW));
        assertThat(first.path("timestamp").asText()).isEqualTo(NOW.toString());
        assertThat(first.path("message").asText()).isEqualTo("Hello!");
        assertThat(json(feed.next(NOW)).path("message").asText()).isNotEqualTo("Hello!");
    }

    @Test
    void pingHasATypeARetryAndTheSecond() {
        assertThat(new PingFeed().next(NOW))
                .isEqualTo(new PublishRequest(List.of("/feeds/ping"), "ping", "data-1136207045", null, 10_000, false));
    }

    @Test
    void progressRunsFromNothingToAllAndBeginsAgain() throws Exception {
        var feed = new ProgressFeed();
        int last = -1;
        long eta = Long.MAX_VALUE;
        Set<String> stages = new HashSet<>();
        do {
            PublishRequest event = feed.next(NOW);
            assertThat(event.type()).isEqualTo("progress");
            JsonNode progress = json(event);
            assertThat(progress.path("percent").asInt()).isEqualTo(last + 1);
            assertThat(progress.path("eta").asLong()).isLessThanOrEqualTo(eta);
            assertThat(progress.path("message").asText()).isNotEmpty();
            last = progress.path("percent").asInt();
            eta = progress.path("eta").asLong();
            stages.add(progress.path("stage").asText());
        } while (last < 100);
        assertThat(eta).isZero();
        assertThat(stages).containsExactlyInAnyOrder("prepare", "copy", "check", "done");
        do {
            last = json(feed.next(NOW)).path("percent").asInt();
        } while (last == 100);
        assertThat(last).isZero();
    }

    @Test
    void progressBeginsAnewForWhoeverComesFirst() throws Exception {
        var feed = new ProgressFeed();
        feed.next(NOW);
        feed.next(NOW);
        feed.begin();
        assertThat(json(feed.next(NOW)).path("percent").asInt()).isZero();
    }

    @Test
    void answerIsAQuestionTokensAndDone() {
        var feed = new AnswerFeed();
        assertThat(feed.next(NOW).type()).isEqualTo("question");
        List<PublishRequest> answer = untilDone(feed);
        assertThat(answer.subList(0, answer.size() - 1))
                .hasSizeGreaterThan(20)
                .allSatisfy(token -> assertThat(token.type()).isNull());
        assertThat(answer.get(answer.size() - 1).data()).isEqualTo("complete");
        assertThat(feed.next(NOW)).isNull();
    }

    @Test
    void cancelledAnswerHasNoFurtherTokenAndTheNextOneIsWhole() {
        var feed = new AnswerFeed();
        feed.next(NOW);
        feed.next(NOW);
        feed.cancel();
        PublishRequest done = feed.next(NOW);
        assertThat(done.type()).isEqualTo("done");
        assertThat(done.data()).isEqualTo("cancelled");
        assertThat(afterTheRest(feed).type()).isEqualTo("question");
        List<PublishRequest> next = untilDone(feed);
        assertThat(next.get(next.size() - 1).data()).isEqualTo("complete");
    }

    @Test
    void cancellingWhileTheModelRestsChangesNothing() {
        var feed = new AnswerFeed();
        feed.next(NOW);
        untilDone(feed);
        feed.cancel();
        assertThat(afterTheRest(feed).type()).isEqualTo("question");
        assertThat(feed.next(NOW).type()).isNull();
    }

    @Test
    void logLineHasTimeLevelAndRequest() {
        var feed = new LogFeed();
        assertThat(Stream.generate(() -> feed.next(NOW)).limit(100))
                .allSatisfy(line -> assertThat(line.data())
                        .matches("2006-01-02T13:04:05.678Z (INFO |WARN |ERROR) GET /\\S* \\d{3} \\d+ ms"));
    }

    @Test
    void pricesTakeTurns() throws Exception {
        var feed = new PricesFeed();
        Set<String> keys = new HashSet<>();
        for (int turn = 0; turn < 6; turn++) {
            JsonNode price = json(feed.next(NOW));
            assertThat(price.path("price").asDouble()).isPositive();
            assertThat(price.path("change").isNumber()).isTrue();
            keys.add(price.path("key").asText());
        }
        assertThat(keys).hasSize(6);
    }

    @Test
    void jsonIsPrettyPrintedOverManyLines() throws Exception {
        PublishRequest event = new JsonFeed().next(NOW);
        assertThat(event.data().lines().count()).isGreaterThan(5);
        assertThat(json(event).path("lines")).hasSize(2);
    }

    private static List<PublishRequest> untilDone(AnswerFeed feed) {
        var events = new ArrayList<PublishRequest>();
        do {
            events.add(feed.next(NOW));
        } while (!"done".equals(events.get(events.size() - 1).type()));
        return events;
    }

    private static PublishRequest afterTheRest(AnswerFeed feed) {
        PublishRequest event = feed.next(NOW);
        while (event == null) {
            event = feed.next(NOW);
        }
        return event;
    }

    private static JsonNode json(PublishRequest event) throws Exception {
        return new ObjectMapper().readTree(event.data());
    }
}
