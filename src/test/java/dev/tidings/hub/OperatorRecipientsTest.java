package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.SelectorSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the hub tells of itself reaches those who asked for it with a grant that names it, and nobody else. */
class OperatorRecipientsTest extends HubFixture {

    private static final List<String> CLIENTS = List.of("/clients{/id}");

    @Test
    void operatorGetsOnceWhatItAskedForAndCovers() {
        var operator = RecordingSink.granted(hub, null, CLIENTS, "/clients/{id}", "*");
        var elsewhere = RecordingSink.granted(hub, null, CLIENTS, "/clients/2");
        var other = RecordingSink.granted(hub, null, List.of("/hub"), "*");
        var nobody = RecordingSink.granted(hub, null, List.of("*"), "*");
        hub.pass(privately("told", "/clients/1"));
        hub.pass(privately("told, too", "/clients/2"));
        publish("last", "/a", "/clients/2");
        awaitDelivery();
        assertThat(operator.takeData(3)).containsExactly("told", "told, too", "last");
        assertThat(elsewhere.takeData(2)).containsExactly("told, too", "last");
        assertThat(other.takeData(1)).containsExactly("last");
        assertThat(nobody.takeData(1)).containsExactly("last");
    }

    @Test
    void whoIsAnOperatorNoMoreGetsNothingMore() {
        var sink = RecordingSink.granted(hub, null, CLIENTS, "*");
        hub.pass(privately("told", "/clients/1"));
        assertThat(sink.takeData(1)).containsExactly("told");
        grant(sink, "/other");
        hub.pass(privately("not told", "/clients/1"));
        awaitLast(sink);
        grant(sink, "/clients/1");
        hub.pass(privately("told again", "/clients/1"));
        assertThat(sink.takeData(1)).containsExactly("told again");
    }

    /** It gets this next, and nothing that was said before. */
    private void awaitLast(RecordingSink sink) {
        publish("last", "/a");
        assertThat(sink.takeData(1)).containsExactly("last");
    }

    private void grant(RecordingSink sink, String selector) {
        awaitDelivery();
        sink.subscriber().change(subscription -> subscription.withGranted(SelectorSet.parse(List.of(selector))));
    }
}
