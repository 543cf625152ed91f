package dev.tidings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
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
    private static final Pattern FENCED = Pattern.compile("(?m)^```(?:sh|bash|shell|console)\\n([\\s\\S]*?)^```$");
    private static final Pattern FENCED_AS_NOTHING = Pattern.compile("(?m)^```\\n([\\s\\S]*?)^```$");
    private static final Pattern CODE_OF_A_PAGE = Pattern.compile("<pre[^>]*>(?:<code>)?([\\s\\S]*?)(?:</code>)?</pre>");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*(?:\\w+=\\S* )*(?:export|curl|mvn|java|cp|cd|docker) ");
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
        Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.outputWriter()) {
            in.write(command.text());
        }
        String said = new String(bash.getInputStream().readAllBytes());
        assertThat(bash.waitFor()).as(said).isZero();
    }

    /** Otherwise nobody looks at it. */
    @Test
    void whatIsACommandIsMarkedAsOne() throws IOException {
        assertThat(documents().flatMap(file -> blocks(file, FENCED_AS_NOTHING)))
                .noneSatisfy(block -> assertThat(block.text()).containsPattern(COMMAND));
    }

    private static List<Command> commands() throws IOException {
        Stream<Command> ofPages = list(PAGES, ".html")
                .flatMap(file -> blocks(file, CODE_OF_A_PAGE))
                .filter(block -> COMMAND.matcher(block.text()).find());
        return Stream.concat(documents().flatMap(file -> blocks(file, FENCED)), ofPages)
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

    private static Stream<Command> blocks(Path file, Pattern pattern) {
        try {
            return pattern.matcher(Files.readString(file)).results().map(found -> command(file, found)).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** As a browser shows it, under a context path. */
    private static Command command(Path file, MatchResult found) {
        String text = found.group(1);
        if (file.startsWith(PAGES)) {
            text = text.replace("{{url}}", "https://hub.example.com/tidings")
                    .replace("&quot;", "\"")
                    .replace("&gt;", ">")
                    .replace("&amp;", "&");
        }
        return new Command(file.getFileName().toString(), text);
    }
}
