package dev.tidings.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.testing.NodeProgram;
import dev.tidings.testing.Rounds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module that the hub serves: its own tests pass, in Node.js, and what it says of itself is so. */
class ModuleTest {

    private static final Path FOLDER = Path.of("src/main/webapp/WEB-INF/npm");
    private static final Path TESTS = Path.of("src/test/node");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Path PAGE = Path.of("docs/javascript.md");
    private static final Pattern SIZE = Pattern.compile("The module has (\\d+) kB, gzipped and without comments");

    /** Those of RFC 6570's kinds, alone and beside each other. */
    private static final String TEMPLATES = """
            {a} {+a} {#a} {.a} {/a} {;a} {?a} {&a} {a:1} {a:2} {+a:1} {#a:1} {/a:1} {;a:1} {?a:2} {a*} {+a*} a{a} {a}a
            {a:1}a /{a} /{+a}/ {/a}/ {#a}# {?a}& é{a} %61{a} {a,b} {+a,b} {#a,b} {.a,b} {/a,b} {;a,b} {?a,b} {&a,b}
            {a:1,b} {?a:1,b} {a}{b} {a}{+b} {+a}{b} {a:1}{b:1} {a},{b} {+a}={b} {/a}{/b} {/a}{+b} {;a}{;b} {?a}{&b}
            * / a /a {a} { {} {a {a:0} {!a} a{a}{ {a,} {a}"b""";

    /** {@code %C3%A9} is é. */
    private static final List<String> TOKENS =
            List.of("a", "b", "=", ",", "/", ".", ";", "?", "&", "#", "%25", "%C3%A9", "é");

    private static final int TOPIC_TOKENS = Rounds.of(3, 4);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void ownTestsPass() throws IOException {
        try (var files = Files.list(TESTS)) {
            List<String> arguments = new ArrayList<>(List.of("--test", "--test-reporter=spec"));
            files.map(Path::toString)
                    .filter(file -> file.endsWith(".test.mjs"))
                    .sorted()
                    .forEach(arguments::add);
            assertThat(arguments).hasSizeGreaterThan(5);
            Map<String, String> kills = Map.of("KILLS", Rounds.of("10", "300"));
            try (NodeProgram tests = NodeProgram.start(kills, arguments.toArray(String[]::new))) {
                assertThat(tests.awaitEnd(LIMIT)).contains("fail 0").doesNotContain("pass 0");
            }
        }
    }

    /** Whatever the hub delivers for a template, the module gives to the listener of that template. */
    @Test
    void selectorMatchesWhatItMatchesInTheHub() throws IOException {
        var expected = new ArrayList<List<Object>>();
        List<String> topics = topics(TOPIC_TOKENS);
        for (String template : TEMPLATES.split("\\s+", -1)) {
            TopicSelector selector = TopicSelector.of(template);
            expected.add(
                    List.of(template, topics.stream().filter(selector::matches).toList()));
        }
        Path cases = directory.resolve("cases.json");
        JSON.writeValue(cases.toFile(), Map.of("topics", topics, "expected", expected));
        try (NodeProgram program = NodeProgram.start(
                Map.of(), TESTS.resolve("compare-selectors.mjs").toString(), cases.toString())) {
            assertThat(program.awaitEnd(LIMIT)).isEqualTo("the same");
        }
    }

    @Test
    void packageIsOfThisVersionAndHoldsItsFiles() throws IOException {
        JsonNode manifest = JSON.readTree(FOLDER.resolve("package.json").toFile());
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains("<version>" + manifest.path("version").asText() + "-SNAPSHOT</version>");
        for (JsonNode file : manifest.path("files")) {
            assertThat(FOLDER.resolve(file.asText())).isRegularFile();
        }
        assertThat(manifest.has("dependencies")).isFalse();
    }

    @Test
    void moduleIsAsSmallAsTheDocumentsSay() throws IOException {
        String code = Files.readString(FOLDER.resolve("tidings.js"))
                .replaceAll("(?s)/\\*\\*.*?\\*/", "")
                .replaceAll("(?m)^ *//.*\\n", "")
                .replaceAll("(?m)^ *\\n", "");
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(code.getBytes(UTF_8));
        }
        Matcher size = SIZE.matcher(Files.readString(PAGE));
        assertThat(size.find()).isTrue();
        assertThat(packed.size()).isLessThanOrEqualTo(Integer.parseInt(size.group(1)) * 1000);
    }

    private static List<String> topics(int tokens) {
        List<String> all = new ArrayList<>(List.of(""));
        List<String> longest = List.of("");
        for (int length = 1; length <= tokens; length++) {
            longest = longest.stream()
                    .flatMap(begin -> TOKENS.stream().map(begin::concat))
                    .toList();
            all.addAll(longest);
        }
        return all;
    }
}
