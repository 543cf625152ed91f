package dev.tidings.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/settings.md lists the settings as they are, and no document speaks of another one. */
class SettingsPageTest {

    private static final Path PAGE = Path.of("docs/settings.md");

    /** The name, the default and what is allowed; then the meaning, which is the page's own. */
    private static final Pattern ROW = Pattern.compile("(?m)^(\\| `tidings\\.[^|]*\\|[^|]*\\|[^|]*\\|)(.*)\\|$");

    private static final Pattern NAME = Pattern.compile("`(tidings\\.[a-z.-]*[a-z])(?:=([^`]*))?`");
    private static final Pattern LINE = Pattern.compile("(?m)^(?:-D)?(tidings\\.[a-z.-]*[a-z])=(.*)$");
    private static final Pattern VARIABLE = Pattern.compile("\\b(TIDINGS_[A-Z_]*[A-Z])(?:=([^\\s`\"]*))?");

    /** Names of files, and one that the page gives as an example of what Kubernetes makes. */
    private static final Set<String> NO_SETTINGS =
            Set.of("tidings.war", "tidings.ini", "tidings.js", "tidings.d.ts", "TIDINGS_SERVICE_HOST");

    /** What these files hold cannot be looked at: they are a reader's. */
    private static final String A_FILE = "file:";

    static List<Setting<?>> settings() {
        return SettingTable.all();
    }

    static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(Path.of(""));
                Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void settingIsListedAsItIs(Setting<?> setting) {
        String begin = begin(setting);
        String meaning = rows().entrySet().stream()
                .filter(row -> row.getKey().startsWith("| `" + setting.name() + "` |"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(" what it means ");
        assertThat(rows())
                .as("%s has no such line. Put this one there:%n%s%s|%n", PAGE, begin, meaning)
                .containsKey(begin);
    }

    @Test
    void otherDefaultOfDemoModeIsSaid() {
        Source demo = Source.demo();
        settings().stream()
                .filter(setting -> demo.textOf(setting) != null)
                .forEach(setting -> assertThat(rows().get(begin(setting)))
                        .as("what %s says of %s", PAGE, setting.name())
                        .contains("In demo mode the default is `" + demo.textOf(setting) + "`"));
    }

    @Test
    void nothingElseIsListed() {
        assertThat(rows().keySet())
                .as("Remove what is no setting from %s", PAGE)
                .isSubsetOf(settings().stream().map(SettingsPageTest::begin).toList());
    }

    @Test
    void everySettingIsListedOnce() {
        assertThat(ROW.matcher(read(PAGE)).results().map(row -> row.group(1))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void documentNamesOnlySettingsThatThereAreAndTextsThatTheyTake(Path document) {
        String text = read(document);
        Stream.of(NAME, LINE, VARIABLE)
                .flatMap(pattern -> pattern.matcher(text).results())
                .filter(found -> !NO_SETTINGS.contains(found.group(1)))
                .forEach(found -> assertTakes(document, found));
    }

    private static void assertTakes(Path document, MatchResult found) {
        String name = byVariable(found.group(1));
        List<Setting<?>> named = settings().stream()
                .filter(setting -> setting.name().equals(name))
                .toList();
        assertThat(named).as("%s names %s", document, found.group()).hasSize(1);
        String value = found.group(2);
        boolean whole = value != null && !value.isEmpty() && !value.contains("…") && !value.contains("$");
        if (whole && !value.startsWith(A_FILE)) {
            assertThatCode(() -> named.get(0).parse(value, document.toString()))
                    .as("%s says %s", document, found.group())
                    .doesNotThrowAnyException();
        }
    }

    private static String byVariable(String variable) {
        return settings().stream()
                .map(Setting::name)
                .filter(name ->
                        name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT).equals(variable))
                .findFirst()
                .orElse(variable);
    }

    /** The line of a setting up to its meaning. */
    private static String begin(Setting<?> setting) {
        return "| `" + setting.name() + "` | " + defaultOf(setting) + " | "
                + setting.type().allowed() + " |";
    }

    private static String defaultOf(Setting<?> setting) {
        if (setting.name().equals(SettingTable.NODE.name())) {
            return "the host's name";
        }
        return setting.defaultText() == null || setting.defaultText().isEmpty()
                ? "none"
                : "`" + setting.defaultText() + "`";
    }

    /** The meaning by what stands before it. */
    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        ROW.matcher(read(PAGE)).results().forEach(row -> rows.put(row.group(1), row.group(2)));
        return rows;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
