package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a document, so that tests run the lines that people copy and no others.
 *
 * <pre>{@code
 * CodeBlock.of("docs/java.md", "Publish with the JDK").at(hub.uri()).about("/news").code()
 * }</pre>
 *
 * <p>Documents name a hub, a topic and a token of their own; a test puts others in their place. Immutable: each step
 * returns another one.
 *
 * @param document the path of the document
 * @param heading the text of the nearest heading above the block, whatever its level
 * @param number the block's number below that heading, from 1
 * @param language what stands behind the fence; empty where nothing does
 * @param code the lines between the fences, each with its line break
 */
public record CodeBlock(String document, String heading, int number, String language, String code) {

    private static final String HUB = "https://hub.example.com";
    private static final String DEMO = "http://127.0.0.1:8080";
    private static final String TOPIC = "/orders";
    private static final String TOKEN = "eyJ…";

    private static final Pattern FENCE = Pattern.compile(" *```(\\w*) *");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*\\R");

    /** The first block below this heading. */
    public static CodeBlock of(String document, String heading) {
        return of(document, heading, 1);
    }

    /** The block of this number below this heading; fails where there is none. */
    public static CodeBlock of(String document, String heading, int number) {
        return in(Path.of(document)).stream()
                .filter(block -> block.heading.equals(heading) && block.number == number)
                .findAny()
                .orElseThrow(() ->
                        new AssertionError("No block of code " + number + " below \"" + heading + "\" in " + document));
    }

    /** Every block of this document, from its top. */
    public static List<CodeBlock> in(Path document) {
        var blocks = new ArrayList<CodeBlock>();
        var numbers = new HashMap<String, Integer>();
        String heading = "";
        String language = "";
        StringBuilder code = null;
        for (String line : lines(document)) {
            Matcher fence = FENCE.matcher(line);
            Matcher title = HEADING.matcher(line);
            if (code == null && fence.matches()) {
                language = fence.group(1);
                code = new StringBuilder();
            } else if (fence.matches()) {
                int number = numbers.merge(heading, 1, Integer::sum);
                blocks.add(new CodeBlock(document.toString(), heading, number, language, code.toString()));
                code = null;
            } else if (code != null) {
                code.append(line).append('\n');
            } else if (title.matches()) {
                heading = title.group(1);
            }
        }
        return blocks;
    }

    /** The documents whose blocks people copy: those for users and those for who changes the code. */
    public static List<Path> documents() {
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            return Stream.concat(
                            Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same lines with this hub in place of the document's. */
    public CodeBlock at(URI hub) {
        String base = hub.toString().replaceFirst("/$", "");
        return with(HUB, base).with(DEMO, base).with(HUB.replace("https", "wss"), base.replace("http", "ws"));
    }

    /** The same lines with this topic in place of the document's. */
    public CodeBlock about(String topic) {
        return with(TOPIC, topic);
    }

    /** The same lines with this token in place of the document's. */
    public CodeBlock as(String token) {
        return with(TOKEN, token);
    }

    /** The same lines with another text wherever this one stands. */
    public CodeBlock with(String text, String other) {
        return new CodeBlock(document, heading, number, language, code.replace(text, other));
    }

    /** The lines that import, as Java has them at the top of a file. */
    public String imports() {
        var imports = new StringBuilder();
        IMPORT.matcher(code).results().forEach(line -> imports.append(line.group()));
        return imports.toString();
    }

    /** The lines other than {@link #imports}. */
    public String statements() {
        return IMPORT.matcher(code).replaceAll("");
    }

    /** The names and values of its lines, as a file of properties has them, or one with sections. */
    public Map<String, String> properties() {
        var properties = new HashMap<String, String>();
        for (String line : code.lines().toList()) {
            int sign = line.indexOf('=');
            if (sign > 0) {
                properties.put(line.substring(0, sign), line.substring(sign + 1));
            }
        }
        return properties;
    }

    private static List<String> lines(Path document) {
        try {
            return Files.readAllLines(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its document and heading, and its number if it is not the first there. */
    @Override
    public String toString() {
        return document + "#" + heading + (number == 1 ? "" : "#" + number);
    }
}
