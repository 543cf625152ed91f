package dev.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents are short where they can be, and speak of no machine but the reader's. */
class EnglishTest {

    /** Most sentences are shorter; a longer one hides a second idea. */
    private static final int WORDS_OF_A_SENTENCE = 25;

    private static final int WORDS_OF_THE_README = 1000;

    /** Sentences that stay longer, by their beginning, each with the reason. None so far. */
    private static final List<String> LONG = List.of();

    /** A path from the root of a file system, as opposed to that of an address. */
    private static final Pattern FILE = Pattern.compile(
            "(?<![\\w.:/}-])/(?:bin|data|etc|home|mnt|opt|private|root|srv|tmp|usr|var|work|Users|Volumes)(?:/[\\w.*-]+)*"
                    + "|[A-Z]:\\\\[\\w\\\\]+");

    /** The places that the examples give to the hub, its key and its log, and where software lies that a reader installs. */
    private static final Pattern USUAL_FILE = Pattern.compile(
            "/etc/(?:tidings|nginx|haproxy|apache2|ssl|letsencrypt|systemd)(?:/.*)?|/usr/bin/java|/var/lib/tidings(?:/.*)?|/opt(?:/.*)?");

    private static final Pattern MACHINE =
            Pattern.compile("(?i)\\b(?:xeon|epyc|ryzen|vcpus?|hypervisor|sandbox|bench(?:mark)? machine|our machine"
                    + "|the machine here|shared machine|ci machine)s?\\b");

    static List<Markdown> documents() {
        return Markdown.all();
    }

    /** Counted like {@code wc -w README.md}: all that stands between spaces, code and tables too. */
    @Test
    void theReadmeIsReadInFiveMinutes() {
        assertThat(Markdown.read(Path.of("README.md")).allWords()).isLessThanOrEqualTo(WORDS_OF_THE_README);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void sentenceHasOneIdea(Markdown document) {
        assertThat(document.sentences().stream()
                        .filter(sentence -> Markdown.words(sentence) > WORDS_OF_A_SENTENCE)
                        .filter(sentence -> LONG.stream().noneMatch(sentence::startsWith))
                        .map(sentence -> Markdown.words(sentence) + " words: " + sentence))
                .as("Sentences of %s with more than %d words. Make two of each.", document, WORDS_OF_A_SENTENCE)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void fileOfAnExampleIsWhereItUsuallyIs(Markdown document) {
        assertThat(FILE.matcher(document.text())
                        .results()
                        .map(found -> found.group())
                        .filter(path -> !USUAL_FILE.matcher(path).matches()))
                .as("Paths of one machine in %s", document)
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noMachineIsNamedThatAReaderDoesNotHave(Markdown document) {
        assertThat(document.text()).doesNotContainPattern(MACHINE);
    }
}
