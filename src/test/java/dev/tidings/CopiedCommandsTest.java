package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Commands that people copy out of the documents and the pages work as they are, in bash and in zsh, which takes a
 * {@code #} for an argument, an apostrophe for the beginning of a text, and a bare {@code ?} for the name of a file.
 */
class CopiedCommandsTest {

    private static final Path PAGES = Path.of("src/main/resources/dev/tidings/web");
    private static final Pattern FENCED = Pattern.compile("(?m)^ *```(?<language>\\w*)\\n(?<code>[\\s\\S]*?)^ *```$");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "shell", "console", "zsh");
    private static final Pattern CODE_OF_A_PAGE =
            Pattern.compile("<pre[^>]*>(?:<code>)?(?<code>[\\s\\S]*?)(?:</code>)?</pre>");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^\\s*(?:\\w+=\\S* )*(?:export|curl|mvn|java|cp|cd|docker) ");
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern COMMENT = Pattern.compile("(?m)(?:^|\\s)#");
    private static final Pattern PROMPT = Pattern.compile("(?m)^\\s*[$%>] ");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");

    /** @param place where it stands */
    private record Command(String place, String text) {

        /** What the shell itself reads of it. */
        String unquoted() {
            return QUOTED.matcher(text).replaceAll("_");
        }

        @Override
        public String toString() {
            return place + ": " + text.lines().findFirst().orElse("");
        }
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(commands()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasNoCommentNoPromptAndNoApostrophe(Command command) {
        assertThat(command.unquoted()).doesNotContainPattern(COMMENT);
        assertThat(command.text()).doesNotContainPattern(PROMPT).doesNotContain("'", "’");
    }

    /** A shell looks for files whose names these match, and zsh gives up when there are none. */
    @ParameterizedTest
    @MethodSource("commands")
    void namesNoFilesByAPattern(Command command) {
        assertThat(command.unquoted()).doesNotContainPattern("[?*\\[\\]]");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysWhereItsVariablesComeFrom(Command command) {
        assertThat(VARIABLE.matcher(command.text()).results().map(found -> found.group(1)))
                .allSatisfy(name -> assertThat(command.text()).containsPattern("(?m)^(?:export )?" + name + "="));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isReadByAShell(Command command) throws IOException, InterruptedException {
        Process bash =
                new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.outputWriter()) {
            in.write(command.text());
        }
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
    }

    /** Otherwise nobody looks at it. */
    @Test
    void whatIsACommandIsMarkedAsOne() throws IOException {
        assertThat(documents().flatMap(file -> blocks(file, language -> !SHELLS.contains(language))))
                .noneSatisfy(block -> assertThat(block.text()).containsPattern(COMMAND));
    }

    private static List<Command> commands() throws IOException {
        return Stream.concat(
                        documents().flatMap(file -> blocks(file, SHELLS::contains)),
                        list(PAGES, ".html").flatMap(CopiedCommandsTest::commandsOfPage))
                .toList();
    }

    private static Stream<Path> documents() throws IOException {
        return Stream.concat(list(Path.of("."), ".md"), list(Path.of("docs"), ".md"));
    }

    private static Stream<Path> list(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        }
    }

    private static Stream<Command> blocks(Path document, Predicate<String> language) {
        String name = document.getFileName().toString();
        return results(document, FENCED)
                .filter(block -> language.test(block.group("language")))
                .map(block -> new Command(name, block.group("code")));
    }

    /** As a browser shows them, under a context path. */
    private static Stream<Command> commandsOfPage(Path page) {
        return results(page, CODE_OF_A_PAGE)
                .map(block -> block.group("code")
                        .replace("{{url}}", "https://hub.example.com/tidings")
                        .replace("&quot;", "\"")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&"))
                .filter(code -> COMMAND.matcher(code).find())
                .map(code -> new Command(page.getFileName().toString(), code));
    }

    private static Stream<Matcher> results(Path file, Pattern pattern) {
        try {
            Matcher matcher = pattern.matcher(Files.readString(file));
            return Stream.iterate(matcher, Matcher::find, found -> found);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
