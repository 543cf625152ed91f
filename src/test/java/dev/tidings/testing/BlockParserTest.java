package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser reads what the standard's own examples (section 9.2.6) say, and refuses what a hub must not send. */
class BlockParserTest {

    @Test
    void dataLinesAreJoinedByLineFeeds() {
        assertThat(parse("data: YHOO\ndata: +2\ndata: 10\n\n"))
                .singleElement()
                .extracting(Block::data)
                .isEqualTo("YHOO\n+2\n10");
    }

    @Test
    void oneSpaceAfterTheColonIsRemoved() {
        assertThat(parse("data:test\n\ndata: test\n\ndata:  test\n\n"))
                .extracting(Block::data)
                .containsExactly("test", "test", " test");
    }

    @Test
    void blockIsAnEventOnlyWithData() {
        assertThat(parse("data\n\ndata:\n\nid: 1\n\n: hello\n\nevent: x\n\n"))
                .extracting(Block::isEvent)
                .containsExactly(true, true, false, false, false);
    }

    @Test
    void heartbeatIsACommentAndAnId() {
        assertThat(parse(": \nid: 7\n\n")).singleElement().satisfies(block -> {
            assertThat(block.isIdOnly()).isTrue();
            assertThat(block.isComment()).isFalse();
        });
    }

    @Test
    void everyLineEndIsALineEndHoweverItIsCut() {
        byte[] bytes = "data: a\r\ndata: b\rdata: c\n\r\n".getBytes(StandardCharsets.UTF_8);
        BlockParser parser = new BlockParser();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            blocks.addAll(parser.feed(bytes, i, 1));
        }
        assertThat(blocks).extracting(Block::data).containsExactly("a\nb\nc");
        assertThat(parser.rest()).isEmpty();
    }

    @Test
    void unfinishedBlockIsNoBlock() {
        BlockParser parser = new BlockParser();
        byte[] bytes = "data: a\nid: 1".getBytes(StandardCharsets.UTF_8);
        assertThat(parser.feed(bytes, 0, bytes.length)).isEmpty();
        assertThat(parser.rest()).isEqualTo("data: a\nid: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dato: x\n", "retry: soon\n", "id: a\0b\n", "{}\n"})
    void whatABrowserIgnoresIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(AssertionError.class);
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] bytes = "data: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new BlockParser().feed(bytes, 0, bytes.length)).isInstanceOf(AssertionError.class);
    }

    private static List<Block> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new BlockParser().feed(bytes, 0, bytes.length);
    }
}
