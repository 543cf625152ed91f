package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A topic is compared in words of sixty-four indexes: that must not show. */
class IndexedTopicTest {

    private static final List<String> TEMPLATES = List.of("""
            {a} {+a} {a:2} {+a:2} {#a} {/a,b} {;a,b} {?a,b} {a}{+b:1} {a}a{b} {+a}%A9{b} {+a:1}=a{b} {a:3}{.b}c {+a}a=a{b:2}
            {;a:1}{/b} {+a}a{a}{+a}=a {a}{a}/{a} {+a,b}a {a:2},{+b:1} %C3{+a:1} {a}%A9 {+a}{a:1}{/b:2}""".split("\\s+", -1));

    private static final String[] TOKENS = {
        "a", "=", "/", ",", ".", ";", "%25", "%C3", "%A9", "%c3", "%C3%A9", "a=", "b"
    };

    private final Random random = new Random(64);

    @Test
    void outcomeIsTheSameWhereverInAWordATopicLies() {
        for (String template : TEMPLATES) {
            for (int i = 0; i < 200; i++) {
                String topic = topic(8);
                boolean expected = TemplateParser.parse(template).matches(topic);
                for (int before = 50; before < 66; before++) {
                    String prefix = "x".repeat(before);
                    assertThat(TemplateParser.parse(prefix + template).matches(new IndexedTopic(prefix + topic)))
                            .as("%s and %s, after %s characters", template, topic, before)
                            .isEqualTo(expected);
                    assertThat(TemplateParser.parse("{z}/" + template).matches(new IndexedTopic(prefix + "/" + topic)))
                            .as("%s and %s, after a value of %s characters", template, topic, before)
                            .isEqualTo(TemplateParser.parse("{z}/" + template).matches("x/" + topic));
                }
            }
        }
    }

    @Test
    void valueOfAnyLengthIsOne() {
        for (int length = 0; length < 200; length++) {
            String value = "a".repeat(length);
            assertThat(matches("{a}!{b}", value + "!" + value)).isTrue();
            assertThat(matches("{+a}!{b:100}", value + "!" + value)).isEqualTo(length <= 100);
            assertThat(matches("{a}%C3%A9!{b}", value + "%C3%A9%C3%A9!" + value))
                    .isTrue();
            assertThat(matches("{a}" + value + "!{b}", value + value + "!")).isTrue();
            assertThat(matches("{a}" + value + "b!{b}", value + value + "!")).isFalse();
        }
    }

    @Test
    void valueIsMadeOfWholeTripletsWhereverTheyStand() {
        for (String before : List.of("", "a")) {
            assertThat(matches("{a}25", before + "%25")).isFalse();
            assertThat(matches("{a}25{b}", before + "%25c")).isFalse();
            assertThat(matches("{a}b{c}", before + "%25b")).isTrue();
            assertThat(matches("{a}b{c}", before + "%00b")).isTrue();
        }
    }

    @Test
    void topicComparedWithManyIsReadyForTheNext() {
        var topic = new IndexedTopic("/a/%C3%A9/" + "b".repeat(100));
        for (int i = 0; i < 3; i++) {
            for (String matching : List.of("/a/{x}/{y}", "{+x:50}{y}", "{/x,y,z}", "/{+x}{y:3}", "{+x}/{y}")) {
                assertThat(TopicSelector.of(matching).matches(topic))
                        .as(matching)
                        .isTrue();
            }
            for (String other : List.of("/a/{x}/{y:3}", "{x}/b{y}", "{/x,y}", "{+x}{?y}c", "{+x:49}{y:50}")) {
                assertThat(TopicSelector.of(other).matches(topic)).as(other).isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "é", "\"", "a%", "a%4", "%zz", "{a}", "|", "\uD83D\uDE00"})
    void noTemplateExpandsToWhatNoUriHas(String part) {
        assertThat(new IndexedTopic("/x/" + part).isExpandable()).isFalse();
        assertThat(matches("{+a}{b}", "/x/" + part)).isFalse();
    }

    @Test
    void templateSelectsItsOwnTextAlso() {
        assertThat(TopicSelector.of("/x/{a}").matches(new IndexedTopic("/x/{a}")))
                .isTrue();
    }

    @Test
    void sixteenVariablesBesideEachOtherTakeNoMoreStepsThanOne() {
        String sixteen = "{+a}{+b}{+c}{+d}{+e}{+f}{+g}{+h}{+i}{+j}{+k}{+l}{+m}{+n}{+o}{+p}";
        assertThat(TopicSelector.of(sixteen).steps())
                .isEqualTo(TopicSelector.of("{+a}").steps());
    }

    @Test
    void stepsAreThoseOfTheTextsBetweenVariables() {
        int one = TopicSelector.of("{a}").steps();
        assertThat(TopicSelector.of("x".repeat(1_000) + "{a}" + "x".repeat(1_000))
                        .steps())
                .isEqualTo(one);
        assertThat(TopicSelector.of("{a}" + "x".repeat(1_000) + "{a}").steps()).isEqualTo(1_000 + 2 * one);
        assertThat(TopicSelector.of("{a:3}").steps()).isGreaterThan(64);
        assertThat(TopicSelector.of("/exact").steps()).isZero();
    }

    @Test
    void stepsAreCountedForWhatIsWrittenBesideTheValues() {
        int one = TopicSelector.of("{/a}").steps();
        assertThat(TopicSelector.of("{/a,b}").steps()).isGreaterThan(one);
        assertThat(TopicSelector.of("{?abcdefghij}").steps())
                .isEqualTo(TopicSelector.of("{?a}").steps() + 2 * 9);
        assertThat(TopicSelector.of("{a}").steps()).isPositive().isLessThan(one);
    }

    @Test
    void limitedVariablesBesideEachOtherAreAllLookedAt() {
        assertThat(TopicSelector.of("{+a:3}{b}").steps())
                .isGreaterThan(TopicSelector.of("{+a:3}").steps());
    }

    private static boolean matches(String template, String topic) {
        boolean matches = TemplateParser.parse(template).matches(topic);
        assertThat(TemplateParser.parse(template).matches(new IndexedTopic(topic)))
                .isEqualTo(matches);
        return matches;
    }

    private String topic(int most) {
        var topic = new StringBuilder();
        for (int tokens = random.nextInt(most); tokens > 0; tokens--) {
            topic.append(TOKENS[random.nextInt(TOKENS.length)]);
        }
        return topic.toString();
    }
}
