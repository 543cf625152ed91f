package dev.tidings.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the hub says in errors, in its log and on its pages is as short as its documents. */
class SpokenTextsTest {

    private static final int WORDS_OF_A_SENTENCE = 25;

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)^\\s*//.*$");

    /** Literals that plus signs join, and the expressions between them. */
    private static final Pattern JAVA_TEXT = Pattern.compile(
            "\"(?:\\\\.|[^\"\\\\\n])*\"(?:\\s*\\+(?:[^;\"]{0,120}\\+)?\\s*\"(?:\\\\.|[^\"\\\\\n])*\")*");

    /** What stands between two literals that are joined. It is one word of the text, or several that are not known. */
    private static final Pattern JAVA_VALUE = Pattern.compile("(?<!\\\\)\"\\s*\\+(?:([^;\"]*)\\+)?\\s*\"");

    private static final Pattern SCRIPT_TEXT = Pattern.compile("'(?:\\\\.|[^'\\\\\n])*'|`(?:\\\\.|[^`\\\\])*`");

    private static final Pattern PAGE_TEXT = Pattern.compile("(?s)<(p|h\\d|dt|li|label|legend|button)\\b.*?</\\1>");

    private static final Pattern TAG = Pattern.compile("(?s)<code>.*?</code>|\\{\\{.*?}}|<[^>]*>");

    static List<Path> files() {
        return Stream.of("src/main/java", "src/main/resources/dev/tidings/web", "src/main/webapp/assets")
                .flatMap(SpokenTextsTest::below)
                .filter(file -> file.toString().matches(".*\\.(java|html|js)"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void sentenceHasOneIdea(Path file) throws IOException {
        String source = COMMENT.matcher(Files.readString(file)).replaceAll("");
        String texts = texts(file.toString(), source).collect(joining("\n\n"));
        assertThat(new Markdown(file, texts)
                        .sentences().stream()
                                .filter(sentence -> Markdown.words(sentence) > WORDS_OF_A_SENTENCE)
                                .map(sentence -> Markdown.words(sentence) + " words: " + sentence))
                .as("Sentences in %s with more than %d words. Make two of each.", file, WORDS_OF_A_SENTENCE)
                .isEmpty();
    }

    private static Stream<String> texts(String file, String source) {
        if (file.endsWith(".java")) {
            return JAVA_TEXT
                    .matcher(source)
                    .results()
                    .map(text -> JAVA_VALUE
                            .matcher(text.group())
                            .replaceAll(value -> value.group(1) == null ? "" : "Value")
                            .replace('`', '\''));
        }
        if (file.endsWith(".js")) {
            return SCRIPT_TEXT
                    .matcher(source)
                    .results()
                    .map(text -> text.group().replace('`', '\''));
        }
        return PAGE_TEXT
                .matcher(source)
                .results()
                .map(text -> TAG.matcher(text.group())
                        .replaceAll(tag ->
                                tag.group().startsWith("<") && !tag.group().startsWith("<code") ? "" : "Code")
                        .replaceAll("\\s+", " "));
    }

    private static Stream<Path> below(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
