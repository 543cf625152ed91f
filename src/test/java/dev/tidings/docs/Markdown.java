package dev.tidings.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One Markdown document of the repository, as a reader meets it on GitHub: its headings' anchors, its links and its
 * sentences.
 *
 * <p>It knows the Markdown that these documents use: fenced code, headings with {@code #}, lists, tables, quotations,
 * inline links and inline code. It knows no links by reference and no HTML.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param path the file, below the repository's root
 * @param text the whole file
 */
record Markdown(Path path, String text) {

    private static final Pattern FENCE = Pattern.compile("(?ms)^ *```.*?^ *``` *$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *$");
    private static final Pattern LINK = Pattern.compile("!?\\[([^\\[\\]]*)]\\(([^()\\s]+)\\)");
    private static final Pattern AUTOMATIC_LINK = Pattern.compile("<https?://[^>]*>");
    private static final Pattern INLINE_CODE = Pattern.compile("(?s)`[^`]+`");
    private static final Pattern NOT_IN_ANCHORS = Pattern.compile("[^\\p{L}\\p{N}_ -]");
    private static final Pattern STARTS_A_BLOCK = Pattern.compile(" *(?:[-*] |\\d+\\. |#|\\||> ).*");
    private static final Pattern MARK = Pattern.compile("^ *(?:[-*] +|\\d+\\. +|#+ +|> +)");
    private static final Pattern RULE_OF_A_TABLE = Pattern.compile(" *\\|[ |:-]*");
    private static final Pattern CELLS_END = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern SENTENCES_END = Pattern.compile("(?<=[.?!])[)*\"]*\\s+(?=[^a-z])");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}].*");

    /** Reads a document. */
    static Markdown read(Path path) {
        try {
            return new Markdown(path.normalize(), Files.readString(path));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns every document of the repository, those of the examples among them. */
    static List<Markdown> all() {
        return Stream.of(list(Path.of(""), 1), list(Path.of("docs"), 9), list(Path.of("src"), 99))
                .flatMap(List::stream)
                .map(Markdown::read)
                .toList();
    }

    private static List<Path> list(Path folder, int depth) {
        try (Stream<Path> files = Files.find(
                folder,
                depth,
                (file, of) -> of.isRegularFile() && file.toString().endsWith(".md"))) {
            return files.filter(file -> Stream.of("node_modules", "target")
                            .noneMatch(part -> file.toString().contains(part)))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Returns the anchors of the headings as GitHub makes them: the heading without its markup, in lower case; letters,
     * digits, hyphens and underscores stay, a space becomes a hyphen, all else goes. A repeated anchor gets a number.
     */
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> times = new HashMap<>();
        HEADING.matcher(withoutFences()).results().forEach(heading -> {
            String plain = LINK.matcher(heading.group(1)).replaceAll("$1");
            String anchor = NOT_IN_ANCHORS
                    .matcher(plain.toLowerCase(Locale.ROOT))
                    .replaceAll("")
                    .replace(' ', '-');
            int before = times.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    /** Returns where its links and images lead, as they are written. */
    List<String> links() {
        String prose = INLINE_CODE.matcher(withoutFences()).replaceAll("Code");
        return LINK.matcher(prose).results().map(link -> link.group(2)).toList();
    }

    /** Returns the file that a relative link of this document leads to. */
    Path target(String link) {
        String file = link.replaceFirst("#.*", "");
        return file.isEmpty() ? path : path.resolveSibling(file).normalize();
    }

    /**
     * Returns its sentences. A sentence ends at {@code .}, {@code ?} or {@code !}, and with its paragraph, heading, item
     * of a list or cell of a table. Fenced code is no sentence; inline code is one word of one.
     */
    List<String> sentences() {
        String prose = INLINE_CODE.matcher(withoutFences()).replaceAll("Code");
        prose = AUTOMATIC_LINK.matcher(LINK.matcher(prose).replaceAll("$1")).replaceAll("Address");
        return blocks(prose)
                .flatMap(block -> SENTENCES_END.splitAsStream(block))
                .map(String::strip)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    /** Counts the words of a sentence: what stands between spaces and begins, after marks, with a letter or a digit. */
    static long words(String sentence) {
        return Stream.of(sentence.split("\\s+"))
                .map(word -> word.replaceFirst("^[^\\p{L}\\p{N}]+", ""))
                .filter(word -> WORD.matcher(word).matches())
                .count();
    }

    /** Counts all that stands between spaces in the file, code and addresses too, as {@code wc -w} does. */
    long allWords() {
        return Stream.of(text.strip().split("\\s+")).count();
    }

    private String withoutFences() {
        return FENCE.matcher(text).replaceAll("");
    }

    /** Paragraphs, headings, items and cells, each on one line. */
    private static Stream<String> blocks(String prose) {
        List<String> blocks = new ArrayList<>();
        var paragraph = new StringBuilder();
        for (String line : (prose + "\n\n").split("\n", -1)) {
            if (line.isBlank() || STARTS_A_BLOCK.matcher(line).matches()) {
                blocks.add(paragraph.toString());
                paragraph.setLength(0);
            }
            if (line.startsWith("#")) {
                blocks.add(MARK.matcher(line).replaceFirst(""));
            } else if (line.stripLeading().startsWith("|")) {
                if (!RULE_OF_A_TABLE.matcher(line).matches()) {
                    CELLS_END.splitAsStream(line).forEach(blocks::add);
                }
            } else {
                paragraph.append(MARK.matcher(line).replaceFirst("").strip()).append(' ');
            }
        }
        return blocks.stream();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
