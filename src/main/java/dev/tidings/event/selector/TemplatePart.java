package dev.tidings.event.selector;

/** What a template is made of: literals and expressions. Immutable. */
sealed interface TemplatePart permits TemplateLiteral, TemplateExpression {

    /** Makes of the indexes where this part may begin those at which it can end then. */
    void follow(IndexedTopic topic, IndexSet indexes);

    /** How many steps {@link #follow} takes at most, each of them for sixty-four characters of the topic at once. */
    int steps();
}
