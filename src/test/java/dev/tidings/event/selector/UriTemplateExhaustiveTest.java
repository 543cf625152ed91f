package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Rounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Of all topics of four tokens and less, those match that some values expand to, and no others.
 *
 * <p>The values are made of the same tokens. A character of a value becomes one token or more, so whatever
 * matches a topic of four tokens is made of four at most, and these values are all that matter.
 */
class UriTemplateExhaustiveTest {

    private static final int LENGTH = 4;

    /** With two variables there are many times as many, of which {@code -Plong} has those of four tokens. */
    private static final int LENGTH_OF_TWO = Rounds.of(3, LENGTH);

    /** Together {@code %C3%A9} is é and {@code %61} is a; no expansion holds the é itself. */
    private static final List<String> TOKENS = List.of("a", "=", "%", "%25", "%C3", "%A9", "%61", "%c3%a9", "é");

    private static final List<String> FEWER_TOKENS = List.of("a", ",", "=", "%C3", "%A9", "é");

    static Stream<String> oneVariable() {
        return Stream.of("""
                {a} {+a} {#a} {.a} {/a} {;a} {?a} {&a} {a:1} {a:2} {+a:1} {+a:2} {#a:1} {/a:1} {;a:1} {?a:2}
                {a*} {;a*} {+a*} a{a} {a}a a{+a}a {a:1}a {+a:1}a {/a}/ {/a:1}/ {#a}# {?a}& {+a:1}%A9 {+a:2}%A9
                %C3{+a:1} %C3{a} {a}%A9 é{a} {+a:2}é %61{a}""".split("\\s+", -1));
    }

    static Stream<String> twoVariables() {
        return Stream.of("""
                {a,b} {+a,b} {#a,b} {.a,b} {/a,b} {;a,b} {?a,b} {&a,b} {a,b:1} {a:1,b} {+a:1,b:1} {;a:1,b:1}
                {?a:1,b} {a}{b} {a}{+b} {+a}{b} {a:1}{b:1} {a:1}{b} {+a:1}{b} {+a:1}{+b:1} {a},{b} {a:1},{+b:1}
                {a}a{b} {+a}={b} {+a}%A9{+b:1} {/a}{/b} {/a}{+b} {;a}{;b} {?a}{&b} {?a}{b} {#a}{b} {a}{.b}""".split("\\s+", -1));
    }

    @ParameterizedTest
    @MethodSource("oneVariable")
    void exactlyTheExpansionsMatch(String template) {
        compare(template, LENGTH, tokens(TOKENS, template), List.of("a"));
    }

    @ParameterizedTest
    @MethodSource("twoVariables")
    void exactlyTheExpansionsOfTwoVariablesMatch(String template) {
        compare(template, LENGTH_OF_TWO, tokens(FEWER_TOKENS, template), List.of("a", "b"));
    }

    private static void compare(String template, int length, Set<String> tokens, List<String> variables) {
        UriTemplate compiled = TemplateParser.parse(template);
        Set<String> topics = stringsOfAtMost(length, tokens);
        Set<String> matching = topics.stream().filter(compiled::matches).collect(Collectors.toSet());
        Set<String> expansions = assignments(variables, tokens, length).stream()
                .map(values -> Rfc6570Expander.expand(template, values))
                .filter(topics::contains)
                .collect(Collectors.toSet());
        assertThat(matching).as("what matches").containsAll(expansions);
        assertThat(expansions).as("what is an expansion").containsAll(matching);
    }

    /** These, and the characters that the template itself has. */
    private static Set<String> tokens(List<String> base, String template) {
        var tokens = new LinkedHashSet<>(base);
        template.chars()
                .filter(character -> "b,/;?&#.".indexOf(character) >= 0)
                .forEach(character -> tokens.add(Character.toString(character)));
        return tokens;
    }

    /** All values that are so many tokens together; each variable is undefined in some, too. */
    private static List<Map<String, String>> assignments(List<String> variables, Set<String> tokens, int length) {
        if (variables.isEmpty()) {
            return List.of(Map.of());
        }
        List<String> others = variables.subList(1, variables.size());
        var assignments = new ArrayList<>(assignments(others, tokens, length));
        for (int taken = 0; taken <= length; taken++) {
            List<Map<String, String>> rest = assignments(others, tokens, length - taken);
            for (String value : stringsOfExactly(taken, tokens)) {
                for (Map<String, String> values : rest) {
                    var assignment = new HashMap<>(values);
                    assignment.put(variables.get(0), value);
                    assignments.add(assignment);
                }
            }
        }
        return assignments;
    }

    private static Set<String> stringsOfAtMost(int length, Set<String> tokens) {
        var strings = new HashSet<String>();
        for (int exactly = 0; exactly <= length; exactly++) {
            strings.addAll(stringsOfExactly(exactly, tokens));
        }
        return strings;
    }

    private static List<String> stringsOfExactly(int length, Set<String> tokens) {
        List<String> strings = List.of("");
        for (int i = 0; i < length; i++) {
            strings = strings.stream()
                    .flatMap(string -> tokens.stream().map(string::concat))
                    .toList();
        }
        return strings;
    }
}
