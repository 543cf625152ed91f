package dev.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rights that operators give to the hub in Redis are those that its code uses, and no more. */
class RedisRightsTest {

    private static final Path CONFIGURATION = Path.of("src/examples/two-nodes/redis.conf");
    private static final Path DOCUMENT = Path.of("docs/scaling.md");

    private static final Pattern CALL_OF_JAVA =
            Pattern.compile("(?:\\bcall|\\bRedisCommand(?:\\.of)?|\\bpipeline)\\(\\s*(?:connection,\\s*)?\"([A-Z]+)\"");
    private static final Pattern CALL_OF_A_SCRIPT = Pattern.compile("redis\\.p?call\\('([A-Z]+)'");
    private static final Pattern RIGHT = Pattern.compile("\\+([a-z]+)");

    /** What some settings need besides. The page has a table of it. */
    private static final Set<String> BY_SETTING = Set.of("select", "wait", "waitaof");

    /** Everybody may log in; and sentinels are asked for no rights. */
    private static final Set<String> WITHOUT_RIGHT = Set.of("auth", "sentinel");

    @Test
    void exampleAllowsWhatTheCodeCallsAndNothingElse() throws IOException {
        Set<String> called = called();
        called.removeAll(BY_SETTING);
        called.removeAll(WITHOUT_RIGHT);
        assertThat(found(RIGHT, Files.readString(CONFIGURATION))).isEqualTo(called);
    }

    @Test
    void pageNamesWhatASettingNeedsBesides() throws IOException {
        assertThat(called()).containsAll(BY_SETTING);
        assertThat(found(Pattern.compile("`\\+([a-z]+)`"), Files.readString(DOCUMENT)))
                .isEqualTo(BY_SETTING);
    }

    private static Set<String> called() throws IOException {
        var called = new TreeSet<String>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            files.forEach(file -> {
                if (file.toString().endsWith(".java")) {
                    called.addAll(found(CALL_OF_JAVA, read(file)));
                } else if (file.toString().endsWith(".lua")) {
                    called.addAll(found(CALL_OF_A_SCRIPT, read(file)));
                }
            });
        }
        return called;
    }

    private static Set<String> found(Pattern pattern, String text) {
        var found = new TreeSet<String>();
        pattern.matcher(text)
                .results()
                .forEach(match -> found.add(match.group(1).toLowerCase(Locale.ROOT)));
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
