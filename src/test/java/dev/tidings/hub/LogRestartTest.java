package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.Event;
import dev.tidings.event.selector.SelectorSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of subscribers when the log loses what it had, or passing events do not come. */
class LogRestartTest extends HubFixture {

    private static final List<String> OPERATOR = List.of("/clients/{id}");

    private RestartableLog restartable;

    @Override
    @BeforeEach
    void open() {
        restartable = new RestartableLog(HubFixture::memoryLog);
        open(restartable, OUTBOX);
    }

    @Test
    void everyStreamEndsWhenTheLogBeginsAnew() throws InterruptedException {
        RecordingSink sink = RecordingSink.fresh(hub, "/a");
        restartable.beginAnew();
        assertThat(sink.awaitEnd()).isEqualTo(DisconnectReason.FAILED);
        assertThat(hub.clients().size()).isZero();
    }

    /** The new life of the log begins at a lower sequence number. */
    @Test
    void subscriberThatComesAfterwardsGetsWhatIsPublishedThen() {
        publishMany(1, 5);
        awaitDelivery();
        restartable.beginAnew();
        RecordingSink sink = RecordingSink.fresh(hub, "/a");
        publishMany(6, 8);
        assertThat(sink.takeData(3)).isEqualTo(numbers(6, 8));
    }

    @Test
    void whoComesBackWithALostPositionIsToldOfAGap() {
        RecordingSink sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, 3);
        sink.take(3);
        restartable.beginAnew();
        publish("4", "/a");
        String lost = sink.subscriber().reached().toString();
        StartingPoint start = hub.start(lost);
        assertThat(start.gap()).isNotNull();
        assertThat(start.gap().requested()).isEqualTo(lost);
    }

    /** Its position would be that of other events by now. */
    @Test
    void streamOfBeforeGivesOutPositionsOfBefore() {
        RecordingSink sink = RecordingSink.fresh(hub, "/a");
        Event before = publish("1", "/a");
        sink.take(1);
        restartable.beginAnew();
        assertThat(sink.subscriber().reached()).isEqualTo(before.position());
        assertThat(sink.subscriber().peerPosition()).isEqualTo(before.position());
    }

    @Test
    void streamOfBeforeReadsNothingOfTheNewLife() {
        publishMany(1, 3);
        RecordingSink sink = RecordingSink.resuming(hub, "earliest", "/a");
        restartable.beginAnew();
        publishMany(4, 9);
        awaitDelivery();
        assertThat(sink.subscriber().next(100, Long.MAX_VALUE)).isEmpty();
    }

    /** It was not there yet when all streams were ended. Its sink is made, so it can only be ended. */
    @Test
    void subscriberThatComesMeanwhileEndsAtOnce() {
        var subscription = new Subscription(
                SelectorSet.parse(List.of("/a")),
                SelectorSet.of(List.of()),
                new Peer(null, "a", "192.0.2.1", "", "sse", null),
                StartRequest.NOW);
        Sink sink = RecordingSink.fresh(hub, "/a");
        var late = new Subscriber[1];
        hub.subscribe(subscription, subscriber -> {
            late[0] = subscriber;
            restartable.beginAnew();
            return sink;
        });
        assertThat(late[0].ended()).isEqualTo(DisconnectReason.FAILED);
        assertThat(hub.clients().size()).isZero();
    }

    @Test
    void operatorsAreToldThatPassingEventsAreMissing() {
        RecordingSink operator = RecordingSink.granted(hub, null, OPERATOR, "/clients/{id}");
        RecordingSink other = RecordingSink.fresh(hub, "/a");
        RecordingSink elsewhere = RecordingSink.granted(hub, null, OPERATOR, "/a");
        restartable.miss(false);
        operator.awaitWake();
        assertThat(operator.subscriber().takeGap()).isNotNull();
        assertThat(other.subscriber().takeGap()).isNull();
        assertThat(elsewhere.subscriber().takeGap())
                .as("it asks for none of them")
                .isNull();
    }

    @Test
    void everybodyIsToldWhoseEventsMayBeMissing() {
        RecordingSink other = RecordingSink.fresh(hub, "/a");
        restartable.miss(true);
        other.awaitWake();
        assertThat(other.subscriber().takeGap()).isNotNull();
        assertThat(other.subscriber().takeGap()).as("once").isNull();
    }

    /** As when Redis is away while the node starts. */
    @Test
    void hubOverALogThatIsNotThereRefusesSubscribersUntilItBegins() {
        log.close();
        restartable = new RestartableLog(HubFixture::memoryLog).away();
        open(restartable, OUTBOX);
        assertThatThrownBy(() -> RecordingSink.fresh(hub, "/a")).isInstanceOf(LogUnavailableException.class);
        restartable.beginAnew();
        RecordingSink sink = RecordingSink.fresh(hub, "/a");
        publishMany(1, 2);
        assertThat(sink.takeData(2)).isEqualTo(numbers(1, 2));
    }
}
