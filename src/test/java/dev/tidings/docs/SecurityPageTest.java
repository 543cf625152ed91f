package dev.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/security.md has a test for each threat, and no test that is not there. */
class SecurityPageTest {

    private static final Path PAGE = Path.of("docs/security.md");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (?!threat |---)([^|]*)\\|([^|]*)\\|([^|]*)\\|$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*)(?:#(\\w+))?`");

    /** What may stand between tests. */
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,]*");

    private static final Map<String, Path> SOURCES = new HashMap<>();

    @BeforeAll
    static void findTests() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            files.filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
                    .forEach(file -> SOURCES.put(file.getFileName().toString().replace(".java", ""), file));
        }
    }

    static List<String> rows() throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    @Test
    void everyLineOfATableIsAThreat() throws IOException {
        long lines = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("|") && !line.matches("\\| threat .*|\\|---.*"))
                .count();
        assertThat(rows()).isNotEmpty().hasSize((int) lines).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void threatIsShownByTestsThatThereAre(String row) throws IOException {
        String[] cells = row.split("\\|", -1);
        assertThat(cells[1]).isNotBlank();
        assertThat(cells[2]).isNotBlank();
        List<MatchResult> tests = TEST.matcher(cells[3]).results().toList();
        assertThat(tests).as("Name the test of: %s", cells[1]).isNotEmpty();
        assertThat(TEST.matcher(cells[3]).replaceAll("")).matches(SEPARATOR);
        for (MatchResult test : tests) {
            assertThat(SOURCES).as("tests").containsKey(test.group(1));
            if (test.group(2) != null) {
                assertThat(Files.readString(SOURCES.get(test.group(1))))
                        .as("%s: a test of that name", test.group())
                        .containsPattern("(?m)^    void " + test.group(2) + "\\(");
            }
        }
    }
}
