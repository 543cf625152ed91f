package dev.tidings.container.feed;

import static dev.tidings.container.Requests.assertPage;
import static dev.tidings.container.Requests.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.http.Html;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StreamRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The feeds of demo mode, as they stand in the contract, read without a token. */
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class FeedsIT {

    private static final String OPERATOR = "Log in as operator";

    private final Container hub;

    FeedsIT(Container hub) {
        this.hub = hub;
    }

    /** They are all watched from the beginning, since some speak only every few seconds. */
    @Test
    void eachFeedSpeaksAsTheContractSays() {
        List<Spoken> feeds = List.of(
                new Spoken("clock", "message", null, "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d"),
                new Spoken("greeting", "message", null, "\\{\"timestamp\":\"[-0-9T:.]+Z\",\"message\":\".+\"}"),
                new Spoken("ping", "ping", 10_000L, "data-\\d{10}"),
                new Spoken(
                        "progress",
                        "progress",
                        null,
                        "\\{\"stage\":\"[a-z]+\",\"percent\":\\d+,\"eta\":\\d+,\"message\":\".+\"}"),
                new Spoken("notification", "notification", null, "\\{\"title\":\".+\",\"body\":\".+\"}"),
                new Spoken("log", "message", null, "\\S+Z [A-Z]+ +GET /\\S* \\d{3} \\d+ ms"),
                new Spoken("prices", "message", null, "\\{\"key\":\"[a-z]+\",\"price\":[\\d.]+,\"change\":-?[\\d.]+}"),
                new Spoken("monitor", "message", null, "\\{\"cpu\":[\\d.]+,\"heap\":\\d+,\"streams\":\\d+}"),
                new Spoken("online", "message", null, "\\d+"));
        var streams = new ArrayList<StreamRecorder>();
        try {
            feeds.forEach(feed -> streams.add(watch("/feeds/" + feed.path())));
            for (int i = 0; i < feeds.size(); i++) {
                feeds.get(i).assertIs(streams.get(i).next(2));
            }
        } finally {
            streams.forEach(StreamRecorder::close);
        }
    }

    /** What the events of a feed are like. */
    private record Spoken(
            String path, String type, @Nullable Long retry, String data) {

        void assertIs(List<Block> events) {
            assertThat(events).as(path).allSatisfy(event -> {
                assertThat(event.type()).isEqualTo(type);
                assertThat(event.retry()).isEqualTo(retry);
                assertThat(event.id()).matches(Streams.POSITION);
                assertThat(event.data()).matches(data);
            });
        }
    }

    @Test
    void pricesBeginWithTheLatestOfEachKey() {
        try (StreamRecorder first = watch("/feeds/prices")) {
            first.next(7);
            try (StreamRecorder latest =
                    Streams.open(hub.stream(Streams.events("/feeds/prices") + "&latest=true&caught-up=true"))) {
                List<Block> prices = latest.next(6);
                assertThat(prices)
                        .extracting(price -> Streams.json(price).path("key").asText())
                        .doesNotHaveDuplicates();
                assertThat(latest.next().type()).isEqualTo("caught-up");
            }
        }
    }

    @Test
    void pingIsOfThisSecondAndEachHasAnIdOfItsOwn() {
        long opened = Instant.now().getEpochSecond();
        try (StreamRecorder stream = watch("/feeds/ping")) {
            List<Block> pings = stream.next(2);
            long second = Long.parseLong(pings.get(0).data().substring("data-".length()));
            assertThat(second).isBetween(opened, Instant.now().getEpochSecond());
            assertThat(pings.get(1).id()).isNotEqualTo(pings.get(0).id());
        }
    }

    @Test
    void jsonTravelsOnManyLinesAndArrivesAsOneText() {
        try (StreamRecorder stream = watch("/feeds/json")) {
            Block event = stream.next();
            assertThat(event.lines()).hasSizeGreaterThan(10);
            assertThat(Streams.json(event).path("lines")).hasSize(2);
        }
    }

    @Test
    void sayPublishesHelloAndCounts() {
        try (StreamRecorder stream = watch("/feeds/hello")) {
            Answer first = Requests.get(hub, "/say");
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.header("Cache-Control")).isEqualTo("no-store");
            assertProblem(Requests.send("POST", hub, "/say"), 405);
            assertThat(Requests.send("HEAD", hub, "/say").status()).isEqualTo(405);
            Answer second = Requests.get(hub, "/say");
            assertThat(Streams.data(stream, 2)).containsExactly(first.body(), second.body());
            assertThat(number(second)).isEqualTo(number(first) + 1);
        }
    }

    @Test
    void cancelReachesTheModel() {
        try (StreamRecorder stream = watch("/feeds/answer")) {
            Block event = stream.next();
            while (!event.type().equals("message")) {
                event = stream.next();
            }
            assertThat(Requests.send("POST", hub, "/feeds/answer/cancel").status())
                    .isEqualTo(204);
            do {
                event = stream.next();
            } while (event.type().equals("message"));
            assertThat(event.lines()).contains("event: done", "data: cancelled");
            assertThat(stream.next().type()).isEqualTo("question");
            assertThat(stream.next().type()).isEqualTo("message");
        }
    }

    @Test
    void cancelTakesNothingButAPost() {
        assertProblem(Requests.get(hub, "/feeds/answer/cancel"), 405);
    }

    /** The progress begins at nothing for the first who comes after a time without anybody, and for nobody else. */
    @ParameterizedTest
    @ValueSource(strings = {"/feeds/progress", "/feeds/{feed}", "*"})
    void feedStopsWithItsLastViewerAndStartsAgainWithTheNext(String selector) {
        awaitNobody();
        try (StreamRecorder first = watch(selector)) {
            assertThat(percent(first)).isZero();
            assertThat(percent(first)).isPositive();
            try (StreamRecorder second = watch("/feeds/progress")) {
                assertThat(percent(second)).isPositive();
            }
        }
        awaitNobody();
        try (StreamRecorder next = watch(selector)) {
            assertThat(percent(next)).isZero();
        }
    }

    @Test
    void nobodyElsePublishesUnderTheFeeds() {
        String bearer = "Authorization: Bearer " + operator();
        for (String topic : List.of("/feeds", "/feeds/clock", "/feeds/answer/x")) {
            String target = "/msg?topic=" + topic;
            assertProblem(Requests.get(hub, target + "&msg=x", bearer), 403, topic, "the hub's own");
            assertProblem(
                    Requests.send("POST", hub, target, bearer, "Content-Type: text/plain"),
                    403,
                    topic,
                    "the hub's own");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "clock, Clock",
        "greeting, Greeting",
        "ping, Ping",
        "progress, Progress",
        "hello, Hello",
        "notification, Notification",
        "json, Json",
        "log, Log",
        "answer, Answer",
        "prices, Prices",
        "monitor, Monitor",
        "online, Online"
    })
    void pageShowsTheVeryCodeThatRuns(String feed, String publisher) throws Exception {
        String script = Requests.get(hub, "/assets/feeds/" + feed + ".js").body();
        String source = Files.readString(Path.of("src/main/java/dev/tidings/feed/" + publisher + "Feed.java"));
        assertThat(script).contains("EventSource");
        // The page shows it with whole addresses, so that it runs anywhere.
        String anywhere = script.replace("'../", "'" + hub.uri() + "/");
        assertPage(Requests.get(hub, "/feeds/" + feed), 200, Html.escape(anywhere), Html.escape(source));
    }

    @Test
    void whatIsNoFeedHasNoPage() {
        assertProblem(Requests.get(hub, "/feeds/none"), 404);
        assertProblem(Requests.send("POST", hub, "/feeds/clock"), 405);
        assertThat(Requests.get(hub, "/feeds/").status()).isEqualTo(302);
    }

    private StreamRecorder watch(String selector) {
        return Streams.open(hub.stream(Streams.events(selector)));
    }

    private static int percent(StreamRecorder stream) {
        Block event = stream.next();
        while (!event.type().equals("progress")) {
            event = stream.next();
        }
        JsonNode progress = Streams.json(event);
        return progress.path("percent").asInt();
    }

    /** Waits until the hub has noticed that everybody who watched the progress has left. */
    private void awaitNobody() {
        String bearer = "Authorization: Bearer " + operator();
        Eventually.holds(
                "nobody is here",
                () -> Requests.get(hub, "/clients?topic=/feeds/progress", bearer)
                        .json()
                        .isEmpty());
    }

    private String operator() {
        Matcher token = Pattern.compile("value=\"([^\"]+)\">" + OPERATOR)
                .matcher(Requests.get(hub, "/login").body());
        assertThat(token.find()).isTrue();
        return token.group(1);
    }

    private static long number(Answer hello) {
        return Long.parseLong(hello.body().substring("hello ".length()));
    }
}
