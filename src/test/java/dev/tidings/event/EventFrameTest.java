package dev.tidings.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The wire format, byte by byte. */
class EventFrameTest {

    @Test
    void fieldsComeInOneOrder() {
        assertFrame(
                EventFrame.event("greeting", 2000, "7", "hello"),
                "event: greeting\nretry: 2000\nid: 7\ndata: hello\n\n");
    }

    @Test
    void fieldsThatAreAbsentAreNotWritten() {
        assertFrame(EventFrame.event(null, null, null, "hello"), "data: hello\n\n");
    }

    @Test
    void absentDataIsOneEmptyLineSoThatBrowsersDispatch() {
        assertFrame(EventFrame.event(null, null, "7", ""), "id: 7\ndata: \n\n");
    }

    @Test
    void emptyDataIsOneEmptyLine() {
        assertFrame(EventFrame.event(null, null, null, ""), "data: \n\n");
    }

    @Test
    void lineFeedBreaksLines() {
        assertFrame(data("a\nb"), "data: a\ndata: b\n\n");
    }

    @Test
    void carriageReturnBreaksLines() {
        assertFrame(data("a\rb"), "data: a\ndata: b\n\n");
    }

    @Test
    void carriageReturnAndLineFeedBreakOneLine() {
        assertFrame(data("a\r\nb"), "data: a\ndata: b\n\n");
    }

    @Test
    void lineFeedAndCarriageReturnBreakTwoLines() {
        assertFrame(data("a\n\rb"), "data: a\ndata: \ndata: b\n\n");
    }

    @Test
    void breakAtTheEndIsFollowedByAnEmptyLine() {
        assertFrame(data("a\n"), "data: a\ndata: \n\n");
    }

    @Test
    void breaksAloneAreEmptyLines() {
        assertFrame(data("\r\r\n\n"), "data: \ndata: \ndata: \ndata: \n\n");
    }

    @Test
    void dataCannotEndTheEvent() {
        assertFrame(data("a\n\nevent: b\r\rid: 1"), "data: a\ndata: \ndata: event: b\ndata: \ndata: id: 1\n\n");
    }

    @Test
    void leadingSpacesSurvive() {
        assertFrame(data("  a"), "data:   a\n\n");
    }

    @Test
    void otherLineSeparatorsOfUnicodeBreakNothing() {
        assertFrame(data("a\u2028b\u0085c\u000Bd"), "data: a\u2028b\u0085c\u000Bd\n\n");
    }

    @Test
    void textIsUtf8() {
        assertThat(EventFrame.event(null, null, null, "é中\uD83D\uDE00"))
                .asHexString()
                .isEqualTo("646174613A20" + "C3A9" + "E4B8AD" + "F09F9880" + "0A0A");
    }

    @Test
    void commentIsOneLine() {
        assertFrame(EventFrame.comment("welcome"), ": welcome\n");
    }

    @Test
    void emptyCommentIsALoneColon() {
        assertFrame(EventFrame.comment(""), ":\n");
    }

    @Test
    void whatIsNoEventIsOneBlock() {
        assertFrame(EventFrame.withoutData(2_000L, "é7"), ":\nretry: 2000\nid: é7\n\n");
        assertFrame(EventFrame.withoutData(2_000L, null), ":\nretry: 2000\n\n");
        assertFrame(EventFrame.withoutData(null, "é7"), ":\nid: é7\n\n");
    }

    @Test
    void blocksAreCutAtTheirEnds() {
        byte[] blocks = "data: a\n\ndata: bc\n\nid: 1\ndata: d\n\n".getBytes(UTF_8);
        assertThat(EventFrame.endOfBlocks(blocks, 0, blocks.length)).isEqualTo(blocks.length);
        assertThat(EventFrame.endOfBlocks(blocks, 0, blocks.length - 1)).isEqualTo(19);
        assertThat(EventFrame.endOfBlocks(blocks, 0, 19)).isEqualTo(19);
        assertThat(EventFrame.endOfBlocks(blocks, 0, 18)).isEqualTo(9);
        assertThat(EventFrame.endOfBlocks(blocks, 9, 10)).isEqualTo(19);
        assertThat(EventFrame.endOfBlocks(blocks, 19, 100)).isEqualTo(blocks.length);
        assertThat(EventFrame.endOfBlocks(blocks, 19, blocks.length - 19 + 1)).isEqualTo(blocks.length);
    }

    @Test
    void blockThatIsTooLongIsCutWithin() {
        byte[] blocks = "data: abcdef\n\ndata: g\n\n".getBytes(UTF_8);
        assertThat(EventFrame.endOfBlocks(blocks, 0, 8)).isEqualTo(8);
        assertThat(EventFrame.endOfBlocks(blocks, 0, 13)).isEqualTo(13);
        assertThat(EventFrame.endOfBlocks(blocks, 8, 8)).isEqualTo(14);
        assertThat(EventFrame.endOfBlocks(blocks, 5, 3)).isEqualTo(8);
        assertThat(EventFrame.endOfBlocks(blocks, 13, 1)).isEqualTo(14);
    }

    @Test
    void shortBlocksAreCutAtTheFirstEndThatFits() {
        byte[] blocks = "\n\n\n\ndata: a\n\n".getBytes(UTF_8);
        assertThat(EventFrame.endOfBlocks(blocks, 0, 5)).isEqualTo(4);
        assertThat(EventFrame.endOfBlocks(blocks, 0, 2)).isEqualTo(2);
        assertThat(EventFrame.endOfBlocks(blocks, 2, 2)).isEqualTo(4);
        assertThat(EventFrame.endOfBlocks(blocks, 3, 2)).isEqualTo(5);
    }

    @Test
    void carriageReturnAtTheEndIsOneBreak() {
        assertFrame(data("a\r"), "data: a\ndata: \n\n");
    }

    @Test
    void eachLineOfTheDataAddsItsFieldName() {
        assertThat(EventFrame.overhead("a")).isEqualTo(6);
        assertThat(EventFrame.overhead("a\nb\rc")).isEqualTo(18);
    }

    private static byte[] data(String data) {
        return EventFrame.event(null, null, null, data);
    }

    private static void assertFrame(byte[] frame, String text) {
        assertThat(new String(frame, UTF_8)).isEqualTo(text);
    }
}
