package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EventTopicsTest {

    private final EventTopics topics = new EventTopics(List.of("/a", "/b/1"));

    @Test
    void topicsAreThoseOfTheEvent() {
        assertThat(topics.asList()).containsExactly("/a", "/b/1");
        assertThat(topics.size()).isEqualTo(2);
        assertThat(topics.get(1)).isEqualTo("/b/1");
    }

    @Test
    void topicIsMadeReadyOnce() {
        IndexedTopic ready = topics.indexed(1);
        assertThat(TopicSelector.of("/b/{c}").matches(ready)).isTrue();
        assertThat(topics.indexed(1)).isSameAs(ready);
    }
}
