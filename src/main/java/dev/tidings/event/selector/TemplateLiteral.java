package dev.tidings.event.selector;

/** A text that every expansion contains as it is. */
final class TemplateLiteral implements TemplatePart {

    private final String text;

    TemplateLiteral(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    @Override
    public int steps() {
        return text.length();
    }

    @Override
    public void follow(IndexedTopic topic, IndexSet indexes) {
        topic.pass(indexes, text);
    }
}
