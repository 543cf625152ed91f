package dev.tidings.hub;

/** What became of an event at one stream. */
public enum Verdict {
    /** The stream's writer was given it, or would be at once. */
    DELIVERED("delivered"),
    /** It waits in the stream's outbox. */
    WAITING("waiting"),
    /** The stream reads history, and has not come so far. */
    REPLAYING("replaying"),
    /** No selector that the stream asks for matches it. */
    NOT_ASKED("not asked for"),
    /** It is private, and the stream's token does not cover it. */
    NOT_GRANTED("not granted"),
    /** The stream began after it. */
    CAME_LATER("came later");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    /** As answers have it. */
    @Override
    public String toString() {
        return text;
    }
}
