package dev.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link of the documents leads somewhere, and every document can be found. */
class LinksTest {

    /** A scheme, or a host without one. */
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*|//.*");

    private static final Pattern DOCUMENT_IN_SOURCE =
            Pattern.compile("\\b((?:docs/[a-z-]+|[A-Z]+)\\.md)(#[a-z0-9-]+)?");

    static List<Markdown> documents() {
        return Markdown.all();
    }

    static List<Path> sources() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().matches(".*\\.(java|html|js|yaml|xml|properties|sh)"))
                    .filter(file -> !file.toString().contains("node_modules"))
                    .filter(LinksTest::namesDocuments)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linkLeadsToAFileOfTheRepository(Markdown document) {
        assertThat(local(document))
                .allSatisfy(link -> assertThat(document.target(link))
                        .as("the link %s of %s", link, document)
                        .exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void anchorIsThatOfAHeading(Markdown document) {
        assertThat(local(document).stream().filter(link -> link.contains("#")))
                .allSatisfy(
                        link -> assertThat(Markdown.read(document.target(link)).anchors())
                                .as("the link %s of %s", link, document)
                                .contains(link.replaceFirst(".*#", "")));
    }

    /** A reader who follows links from the README gets to see all there is. */
    @Test
    void everyDocumentIsReachedFromTheReadme() {
        Set<Path> reached = new LinkedHashSet<>();
        Deque<Path> open = new ArrayDeque<>(List.of(Path.of("README.md")));
        while (!open.isEmpty()) {
            Path path = open.pop();
            if (reached.add(path)) {
                Markdown document = Markdown.read(path);
                local(document).stream()
                        .map(document::target)
                        .filter(file -> file.toString().endsWith(".md"))
                        .forEach(open::push);
            }
        }
        assertThat(reached).containsAll(documents().stream().map(Markdown::path).toList());
    }

    /** Errors, pages and comments name documents, too. */
    @ParameterizedTest
    @MethodSource("sources")
    void whatSourceNamesOfTheDocumentsIsThere(Path source) throws IOException {
        DOCUMENT_IN_SOURCE.matcher(Files.readString(source)).results().forEach(LinksTest::assertThere);
    }

    private static boolean namesDocuments(Path source) {
        try {
            return DOCUMENT_IN_SOURCE.matcher(Files.readString(source)).find();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void assertThere(MatchResult name) {
        Path file = Path.of(name.group(1));
        assertThat(file).exists();
        if (name.group(2) != null) {
            assertThat(Markdown.read(file).anchors()).contains(name.group(2).substring(1));
        }
    }

    private static List<String> local(Markdown document) {
        return document.links().stream()
                .filter(link -> !ELSEWHERE.matcher(link).matches())
                .toList();
    }
}
