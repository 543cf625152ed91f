package dev.tidings.http;

/** Text in a page of ours: whatever it holds, it stays text. */
public final class Html {

    private Html() {}

    /** The text with the characters that mean something in HTML, between tags and in attributes, written as references. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
