package dev.tidings.event.selector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever some values expand to, matches. */
class UriTemplateGeneratedTest {

    private static final String[] PIECES = {
        "a",
        "b",
        "Z",
        "7",
        "-",
        "_",
        "~",
        ".",
        ",",
        "/",
        "?",
        "&",
        "=",
        "#",
        ";",
        "'",
        ":",
        " ",
        "%",
        "%2",
        "%41",
        "%2F",
        "%2f",
        "%C3%A9",
        "%c3%a9",
        "%FF",
        "\"",
        "{",
        "é",
        "中",
        "\uFEFF",
        "\uD83D\uDE00",
        "\uDBFF\uDFFF",
        "\0"
    };
    private static final String[] LITERALS = {"a", "/", "/b/", "=", ",", ".", "'", "%2F", "%c3", "é", "\uD83D\uDE00"};
    private static final String[] OPERATORS = {"", "+", "#", ".", "/", ";", "?", "&"};
    private static final String[] NAMES = {"a", "b", "long_name", "dotted.name", "%41bc", "a"};

    private final Random random = new Random(6570);

    @Test
    void everyExpansionMatches() {
        for (int i = 0; i < 50_000; i++) {
            String template = template();
            Map<String, String> values = values();
            String expansion = Rfc6570Expander.expand(template, values);
            assertThat(TemplateParser.parse(template).matches(expansion))
                    .as("%s with %s", template, values)
                    .isTrue();
        }
    }

    @Test
    void everyExpansionOfFewValuesMatchesWithinItsLimit() {
        for (int i = 0; i < 50_000; i++) {
            int limit = 1 + random.nextInt(3);
            String template = "{" + (random.nextBoolean() ? "+" : "") + "a:" + limit + "}";
            Map<String, String> values = Map.of("a", text(6));
            assertThat(TemplateParser.parse(template).matches(Rfc6570Expander.expand(template, values)))
                    .as("%s with %s", template, values)
                    .isTrue();
        }
    }

    private String template() {
        var template = new StringBuilder();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            template.append(random.nextBoolean() ? pick(LITERALS) : "").append(expression());
        }
        return template.append(random.nextBoolean() ? pick(LITERALS) : "").toString();
    }

    private String expression() {
        var expression = new StringBuilder("{").append(pick(OPERATORS));
        int variables = 1 + random.nextInt(3);
        for (int i = 0; i < variables; i++) {
            expression.append(i == 0 ? "" : ",").append(pick(NAMES));
            switch (random.nextInt(4)) {
                case 0 -> expression.append('*');
                case 1 -> expression.append(':').append(1 + random.nextInt(5));
                default -> {}
            }
        }
        return expression.append('}').toString();
    }

    private Map<String, String> values() {
        var values = new HashMap<String, String>();
        for (String name : NAMES) {
            if (random.nextInt(4) > 0) {
                values.put(name, text(5));
            }
        }
        return values;
    }

    private String text(int most) {
        var text = new StringBuilder();
        int pieces = random.nextInt(most + 1);
        for (int i = 0; i < pieces; i++) {
            text.append(pick(PIECES));
        }
        return text.toString();
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
