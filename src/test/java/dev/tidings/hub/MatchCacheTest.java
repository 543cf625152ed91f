package dev.tidings.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.selector.EventTopics;
import dev.tidings.event.selector.TopicSelector;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which of the open templates match, also when they were opened or closed since it was last asked. */
class MatchCacheTest {

    private final Templates<String> templates = new Templates<>();
    private final MatchCache<String> matches = new MatchCache<>(templates);

    @Test
    void templatesAreFoundByWhatTheyBeginWith() {
        open("/a/{x}", "/a/b/{x}", "{x}", "{+x}", "/b/{x}", "/a/bc/{x}", "/a{/x}", "/a/b{x}");
        assertMatching("/a/b/1", "/a/b/{x}", "{+x}");
        assertMatching("/a/b", "/a/{x}", "{+x}", "/a{/x}", "/a/b{x}");
        assertMatching("a", "{x}", "{+x}");
    }

    @Test
    void workIsThatOfTemplatesThatBeginAsTheTopicAndWereNotComparedBefore() {
        open("/a/{x}", "/a/{y}", "/b/{x}", "/longer/{x}");
        assertThat(matches.work(List.of("/c"), 100)).isZero();
        assertThat(matches.work(List.of("/b/1"), 100))
                .as("a look and a template")
                .isEqualTo(2);
        assertThat(matches.work(List.of("/a/1", "/a/2"), 100)).isEqualTo(6);
        matches.precompute(List.of("/a/1", "/a/2"));
        assertThat(matches.work(List.of("/a/1", "/a/2"), 100)).isZero();
        open("/a/{z}");
        assertThat(matches.work(List.of("/a/1", "/a/2"), 100)).isEqualTo(2);
    }

    @Test
    void workIsCountedNoFurtherThanAsked() {
        open("{x}", "{y}", "{z}");
        assertThat(matches.work(List.of("a", "b", "c"), 5)).isEqualTo(8);
    }

    @Test
    void beginningsWithTheSameHashAreToldApart() {
        open("/Aa/{x}", "/BB/{x}");
        assertThat("/Aa/").hasSameHashCodeAs("/BB/");
        assertMatching("/BB/1", "/BB/{x}");
    }

    @Test
    void templateMatchesItsOwnText() {
        open("/café/{x}", "/a/{x}", "{x}");
        assertMatching("/café/{x}", "/café/{x}");
        assertMatching("{x}", "{x}");
        assertMatching("/caf%C3%A9/1", "/café/{x}");
    }

    @Test
    void eachIsFoundOnceForSeveralTopics() {
        open("/a/{x}", "{+x}");
        assertThat(matching("/a/1", "/a/2", "/b")).containsExactlyInAnyOrder("/a/{x}", "{+x}");
    }

    @Test
    void whatIsOpenedAfterItWasRememberedIsFound() {
        open("/a/{x}");
        assertMatching("/a/1", "/a/{x}");
        open("{+x}", "/b/{x}");
        assertMatching("/a/1", "/a/{x}", "{+x}");
    }

    /** Its own text is a topic that was looked for before, beside another template. */
    @Test
    void templateThatIsOpenedAfterItsOwnTextWasPublishedMatchesItThenToo() {
        open("/b/{x}");
        assertMatching("/café/{x}");
        open("/café/{x}");
        assertMatching("/café/{x}", "/café/{x}");
        open("/café/{y}");
        assertMatching("/café/{x}", "/café/{x}");
        assertMatching("/café/{y}", "/café/{y}");
    }

    @Test
    void templateThatIsOpenedLastBesideOthersOfItsBeginningIsFound() {
        open("/a/{x}");
        assertMatching("/a/1", "/a/{x}");
        open("/a/{y}");
        assertMatching("/a/1", "/a/{x}", "/a/{y}");
    }

    @Test
    void whatIsClosedIsFoundNoMoreAndFoundAgainWhenItIsOpenedAgain() {
        open("/a/{x}", "{+x}");
        assertMatching("/a/1", "/a/{x}", "{+x}");
        templates.close(TopicSelector.of("/a/{x}"));
        assertMatching("/a/1", "{+x}");
        open("/a/{x}");
        assertMatching("/a/1", "/a/{x}", "{+x}");
        templates.close(TopicSelector.of("/a/{x}"));
        templates.close(TopicSelector.of("{+x}"));
        assertThat(templates.isEmpty()).isTrue();
        assertMatching("/a/1");
    }

    @Test
    void whatIsRememberedIsNotLookedForAgainWhenOthersComeAndGo() {
        open("/a/{x}");
        matching("/a/1");
        for (int i = 0; i < 1_000; i++) {
            open("/b/{x" + i + "}");
            templates.close(TopicSelector.of("/b/{x" + i + "}"));
        }
        List<OpenTemplate<String>> before = matches.of(new EventTopics(List.of("/a/1")));
        assertThat(matches.of(new EventTopics(List.of("/a/1")))).isSameAs(before);
        assertMatching("/a/1", "/a/{x}");
    }

    @Test
    void manyComeAndGoAndTheOthersStay() {
        IntStream.range(0, 500).forEach(i -> open("/a/{x" + i + "}"));
        IntStream.range(0, 500)
                .filter(i -> i % 7 != 0)
                .forEach(i -> templates.close(TopicSelector.of("/a/{x" + i + "}")));
        open("/a/{last}");
        assertThat(matching("/a/1")).hasSize(73).contains("/a/{x0}", "/a/{x497}", "/a/{last}");
    }

    @Test
    void everNewTopicsPushOutThoseSeenLeastLatelyAndNothingIsLost() {
        open("/a/{x}");
        String padding = "y".repeat(2_000);
        for (int i = 0; i < 10_000; i++) {
            assertMatching("/a/" + i + padding, "/a/{x}");
            assertMatching("/a/1", "/a/{x}");
        }
        assertThat(matches.bytes()).isBetween(7L << 20, 8L << 20);
    }

    @Test
    void whatIsAskedForAgainAndAgainStaysWhileOthersArePushedOut() {
        open("/a/{x}");
        List<OpenTemplate<String>> first = matches.of(new EventTopics(List.of("/a/1")));
        for (List<String> topics : longTopics(300)) {
            matches.of(new EventTopics(topics));
            assertThat(matches.of(new EventTopics(List.of("/a/1")))).isSameAs(first);
        }
    }

    @Test
    void whatIsComparedAnewTakesNoMoreThanBefore() {
        open("/a/{x}");
        matching("/a/1");
        long bytes = matches.bytes();
        for (int i = 0; i < 100; i++) {
            open("/b/{x" + i + "}");
            matching("/a/1");
        }
        assertThat(matches.bytes()).isEqualTo(bytes);
    }

    /** More than is remembered for whoever comes next: by one request, or by many publishers at once. */
    @Test
    void whatAPublisherForesawIsNotComparedAgain() {
        open("/a/{x}", "{+x}");
        List<List<String>> published = longTopics(300);
        published.forEach(matches::precompute);
        var found = published.stream()
                .map(topics -> matches.of(new EventTopics(topics)))
                .toList();
        assertThat(matches.bytes()).isLessThanOrEqualTo(8L << 20);
        for (int i = 0; i < published.size(); i++) {
            assertThat(matches.of(new EventTopics(published.get(i)))).isSameAs(found.get(i));
        }
    }

    @Test
    void whatWasOpenedAfterItWasForeseenIsFound() {
        open("/a/{x}");
        List<List<String>> published = longTopics(300);
        published.forEach(matches::precompute);
        open("{+x}");
        assertThat(matches.of(new EventTopics(published.get(0)))).hasSize(2);
    }

    /** Else the thread that delivers would compare it, with a thousand topics perhaps, and everybody would wait. */
    @Test
    void whatIsOpenedWhileAPublisherComparesIsComparedByThatOne() {
        open("/a/{x}");
        List<String> topics = whoseComparisonOpens("{+x}");
        matches.precompute(topics);
        templates.close(TopicSelector.of("{+x}"));
        // What is closed by now is still in what was computed, and would not be in what is computed now.
        assertThat(matches.of(new EventTopics(topics))).hasSize(2);
    }

    @Test
    void whatIsDeliveredIsForeseenNoMore() {
        open("/a/{x}");
        List<List<String>> published = longTopics(300);
        published.forEach(matches::precompute);
        List<OpenTemplate<String>> before = matches.of(new EventTopics(published.get(0)));
        published.forEach(matches::forget);
        // Now that others have pushed it out of memory as well.
        longTopics(300).forEach(topics -> matches.of(new EventTopics(topics)));
        assertThat(matches.of(new EventTopics(published.get(0)))).isNotSameAs(before);
    }

    private List<String> whoseComparisonOpens(String selector) {
        List<String> topics = List.of("/a/1");
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                if (templates.find(TopicSelector.of(selector)) == null) {
                    open(selector);
                }
                return topics.get(index);
            }

            /** To look for it is not to compare it. */
            @Override
            public Iterator<String> iterator() {
                return topics.iterator();
            }

            @Override
            public int size() {
                return 1;
            }
        };
    }

    /** Each its own list, as each event has one. */
    private static List<List<String>> longTopics(int count) {
        String padding = "y".repeat(60_000);
        return IntStream.range(0, count)
                .mapToObj(i -> List.of("/a/" + i + padding))
                .toList();
    }

    /** Publishers ask while streams come and go. */
    @Test
    void whatStaysOpenIsFoundWhileOthersComeAndGo() throws InterruptedException {
        open("/a/{x}", "/{y}/1");
        var failed = new CountDownLatch(1);
        var asking = new Thread(() -> {
            for (int i = 0; i < 20_000; i++) {
                if (!matching("/a/1", "/x/" + i).containsAll(List.of("/a/{x}", "/{y}/1"))) {
                    failed.countDown();
                }
            }
        });
        asking.start();
        for (int i = 0; asking.isAlive(); i++) {
            open("/a/{z" + i + "}", "/a{/z" + i + "}");
            templates.close(TopicSelector.of("/a/{z" + i + "}"));
            templates.close(TopicSelector.of("/a{/z" + i + "}"));
        }
        asking.join();
        assertThat(failed.getCount()).isEqualTo(1);
    }

    private void open(String... selectors) {
        for (String selector : selectors) {
            templates.open(TopicSelector.of(selector), selector);
        }
    }

    private void assertMatching(String topic, String... selectors) {
        assertThat(matching(topic)).containsExactlyInAnyOrder(selectors);
        // And once more, as it is remembered.
        assertThat(matching(topic)).containsExactlyInAnyOrder(selectors);
    }

    private List<String> matching(String... topics) {
        return matches.of(new EventTopics(List.of(topics))).stream()
                .map(OpenTemplate::holders)
                .filter(Objects::nonNull)
                .toList();
    }
}
