package dev.tidings.event.selector;

/** What a template is made of: literals and expressions. Immutable. */
sealed interface TemplatePart permits TemplateLiteral, TemplateExpression {

    /** Replaces the indexes at which this part may begin by those at which it can end. */
    void follow(IndexedTopic topic, IndexSet indexes);

    /** How many steps {@link #follow} takes at most, each of them for sixty-four characters of the topic at once. */
    int steps();
}
