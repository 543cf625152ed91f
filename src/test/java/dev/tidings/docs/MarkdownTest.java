package dev.tidings.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MarkdownTest {

    @Test
    void anchorsAreThoseOfGitHub() {
        assertThat(of("""
                        # `GET /events`: a stream
                        ## `/.well-known/mercure`
                        ## Tomcat 10.1 and 11
                        ### [A link](x.md), an under_score & more
                        ## Notes
                        ## Notes
                        ```sh
                        # no heading
                        ```
                        """).anchors())
                .containsExactly(
                        "get-events-a-stream",
                        "well-knownmercure",
                        "tomcat-101-and-11",
                        "a-link-an-under_score--more",
                        "notes",
                        "notes-1");
    }

    @Test
    void linksAreThoseOutsideOfCode() {
        assertThat(of("""
                        ![A picture](a.png) and [`code`](b.md#c) and `[no](link.md)`.
                        ```md
                        [no](link.md)
                        ```
                        """).links()).containsExactly("a.png", "b.md#c");
    }

    @Test
    void linkLeadsFromTheFolderOfItsDocument() {
        Markdown document = new Markdown(Path.of("folder/a.md"), "");
        assertThat(document.target("../top.md#x")).isEqualTo(Path.of("top.md"));
        assertThat(document.target("b.md")).isEqualTo(Path.of("folder/b.md"));
        assertThat(document.target("#x")).isEqualTo(Path.of("folder/a.md"));
    }

    @Test
    void sentencesEndAtStopsBlocksItemsAndCells() {
        assertThat(of("""
                        # A heading
                        One goes over
                        two lines, at 10.1 or `a. B`. Another? "Yes!" A third
                        - an item. With two
                          lines
                        1. a number

                        | a cell | [a link](there.md#x). And more |
                        |---|---|
                        ```sh
                        This is code. It is no sentence.
                        ```
                        """).sentences())
                .containsExactly(
                        "A heading",
                        "One goes over two lines, at 10.1 or Code.",
                        "Another?",
                        "\"Yes!",
                        "A third",
                        "an item.",
                        "With two lines",
                        "a number",
                        "a cell",
                        "a link.",
                        "And more");
    }

    @Test
    void wordsAreWhatHasALetterOrADigit() {
        assertThat(Markdown.words("a (b) — c-d, 10.1 · *e*")).isEqualTo(5);
        assertThat(of("a `b c` · d\n").allWords()).isEqualTo(5);
    }

    private static Markdown of(String text) {
        return new Markdown(Path.of("folder/a.md"), text);
    }
}
