package dev.tidings.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.auth.Grant;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.hub.Peer;
import dev.tidings.hub.StartRequest;
import dev.tidings.hub.Subscription;
import dev.tidings.testing.OwnSite;
import dev.tidings.testing.PlainRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionReaderTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);

    private static final Grant ALICE = grant("alice/1", "{\"name\":\"Alice\"}");

    /** A request for a stream, from one address. */
    private static final class Request extends HttpServletRequestWrapper {

        private final Map<String, String> headers = new HashMap<>(Map.of("Host", "hub"));
        private final @Nullable String query;

        Request(@Nullable String query, Authentication caller) {
            super(new PlainRequest());
            this.query = query;
            caller.attachTo(this);
        }

        Request with(String header, String value) {
            headers.put(header, value);
            return this;
        }

        @Override
        public @Nullable String getQueryString() {
            return query;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return headers.get(name);
        }

        @Override
        public Enumeration<String> getHeaders(String name) {
            String value = headers.get(name);
            return Collections.enumeration(value == null ? List.of() : List.of(value));
        }

        @Override
        public String getRemoteAddr() {
            return "192.0.2.7";
        }

        @Override
        public boolean isSecure() {
            return false;
        }
    }

    private final SubscriptionReader reader = new SubscriptionReader(OwnSite.NO_PROXIES, "sse", CLOCK);

    @Test
    void streamAsksForTheTopicsThatItNames() {
        Subscription subscription = read(alices("topic=/a&topic=/b/{x}"));
        assertThat(texts(subscription.topics())).containsExactlyInAnyOrder("/a", "/b/{x}");
        assertThat(texts(subscription.granted())).containsExactly("/granted");
    }

    @Test
    void withoutTopicsItIsTheInboxOfItsUser() {
        assertThat(texts(read(alices(null)).topics())).containsExactlyInAnyOrder("/users/alice%2F1", "/all");
    }

    @Test
    void withoutAUserThereIsNoInbox() {
        for (Authentication caller : List.of(
                Authentication.anonymous(),
                Authentication.with(grant(null, null), TokenSource.QUERY, "token x", () -> {}))) {
            assertThatExceptionOfType(InvalidRequestException.class)
                    .isThrownBy(() -> read(new Request("x=y", caller)))
                    .withMessageContaining("has an inbox")
                    .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("topic"));
        }
    }

    @Test
    void hundredTopicsAreTheMost() {
        assertThat(read(alices(topics(100))).topics().selectors()).hasSize(100);
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> read(alices(topics(101))))
                .withMessageContaining("at most 100 topics here, this has 101");
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> SubscriptionReader.requireFew(Collections.nCopies(101, "/a")));
    }

    @Test
    void peerIsWhoTheTokenNames() {
        Peer peer = read(alices(null).with("User-Agent", "curl/8")).peer();
        assertThat(peer).isEqualTo(new Peer("alice/1", "user alice", "192.0.2.7", "curl/8", "sse", ALICE.payload()));
    }

    @Test
    void strangersOfOneAddressCountTogether() {
        Peer peer = read(new Request("topic=/a", Authentication.anonymous())).peer();
        assertThat(peer).isEqualTo(new Peer(null, "address 192.0.2.7", "192.0.2.7", "", "sse", null));
    }

    @Test
    void newStreamResumesNowhere() {
        assertThat(lastEventId(alices("topic=/a&lastEventID="))).isNull();
        assertThat(lastEventId(alices(null).with("Last-Event-ID", ""))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lastEventID", "last-event-id", "Last-Event-ID", "last_event_id", "LASTEVENTID"})
    void placeToResumeAtHasManyNamesInAQuery(String name) {
        assertThat(lastEventId(alices("topic=/a&" + name + "=7"))).isEqualTo("7");
    }

    @ParameterizedTest
    @CsvSource({
        "lastEventID=1&last-event-id=2, 2",
        "last-event-id=2&lastEventID=1, 1",
        "lastEventID=1&last_event_id=, 1",
        "lastEventID=1&id=2, 1"
    })
    void lastOfSeveralPlacesCounts(String query, String place) {
        assertThat(lastEventId(alices(query))).isEqualTo(place);
    }

    @Test
    void headerOfAReconnectWinsOverTheQuery() {
        assertThat(lastEventId(alices("lastEventID=old").with("Last-Event-ID", "new")))
                .isEqualTo("new");
        assertThat(lastEventId(alices("lastEventID=old").with("Last-Event-ID", "")))
                .isEqualTo("old");
    }

    @Test
    void headerIsReadAsUtf8() {
        String bytes = new String("né-😀".getBytes(UTF_8), ISO_8859_1);
        assertThat(lastEventId(alices(null).with("Last-Event-ID", bytes))).isEqualTo("né-😀");
    }

    @Test
    void streamMayBeginEarlierThanNow() {
        assertThat(start("topic=/a")).isEqualTo(StartRequest.NOW);
        assertThat(start("topic=/a&since=&last=")).isEqualTo(StartRequest.NOW);
        assertThat(start("topic=/a&latest=false")).isEqualTo(StartRequest.NOW);
        assertThat(start("topic=/a&latest=true")).isEqualTo(new StartRequest.Latest());
        assertThat(start("topic=/a&last=1")).isEqualTo(new StartRequest.Last(1));
        assertThat(start("topic=/a&last=1000")).isEqualTo(new StartRequest.Last(1_000));
        assertThat(start("topic=/a&since=10m"))
                .isEqualTo(new StartRequest.Since(CLOCK.instant().minus(Duration.ofMinutes(10))));
        assertThat(start("topic=/a&since=2029-12-31T23:00:00%2B01:00"))
                .isEqualTo(new StartRequest.Since(Instant.parse("2029-12-31T22:00:00Z")));
    }

    @Test
    void reconnectGoesOnWhereItWasAndNotWhereItFirstBegan() {
        assertThat(start("topic=/a&latest=true&lastEventID=7")).isEqualTo(new StartRequest.After("7"));
        assertThat(reader.read(alices("topic=/a&last=5").with("Last-Event-ID", "7"))
                        .start())
                .isEqualTo(new StartRequest.After("7"));
    }

    @ParameterizedTest
    @CsvSource({
        "last=0, last, from 1 to 1000",
        "last=1001, last, from 1 to 1000",
        "last=some, last, from 1 to 1000",
        "latest=yes, latest, Give latest=true",
        "latest, latest, Give latest=true",
        "last=2&last=3, last, more than once",
        "since=1m&since=2m, since, more than once",
        "since=10, since, 2026-01-31T12:00:00Z",
        "since=yesterday, since, such as 10m",
        "since=2030-01-01, since, such as 10m",
        "since=%2B999999999-01-01T00:00:00Z, since, such as 10m",
        "since=10m&last=5, since, one of since",
        "last=5&latest=true, latest, one of since",
        "since=1h&latest=true, since, one of since",
        "last=0&lastEventID=7, last, from 1 to 1000"
    })
    void badBeginningIsRefusedAndSaysWhatIsAllowed(String query, String field, String allowed) {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> start("topic=/a&" + query))
                .withMessageContaining(allowed)
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    /** What is the reference's, has the reference's beginnings alone. */
    @Test
    void whoNamesItsTopicsItselfBeginsNowOrAfterAnId() {
        SelectorSet topics = SelectorSet.parse(List.of("/a"));
        assertThat(reader.read(alices("last=5"), topics).start()).isEqualTo(StartRequest.NOW);
        assertThat(reader.read(alices("last=none&lastEventID=7"), topics).start())
                .isEqualTo(new StartRequest.After("7"));
    }

    private StartRequest start(String query) {
        return read(alices(query)).start();
    }

    private @Nullable String lastEventId(Request request) {
        return read(request).start() instanceof StartRequest.After after ? after.lastEventId() : null;
    }

    private Subscription read(Request request) {
        return reader.read(request);
    }

    private static Request alices(@Nullable String query) {
        return new Request(query, Authentication.with(ALICE, TokenSource.HEADER, "user alice", () -> {}));
    }

    private static Grant grant(@Nullable String user, @Nullable String payload) {
        return new Grant(user, SelectorSet.of(List.of()), SelectorSet.parse(List.of("/granted")), payload, null);
    }

    private static String topics(int count) {
        var query = new StringBuilder();
        for (int i = 0; i < count; i++) {
            query.append("topic=/").append(i).append('&');
        }
        return query.toString();
    }

    private static List<String> texts(SelectorSet selectors) {
        return selectors.selectors().stream().map(TopicSelector::text).toList();
    }
}
