package dev.tidings.event;

import java.util.BitSet;

/** What a template is made of: literals and expressions. Immutable. */
sealed interface TemplatePart permits TemplateLiteral, TemplateExpression {

    /**
     * The places of the topic at which this part can end.
     *
     * @param places where it may begin, from 0 to the topic's length. Not changed.
     */
    BitSet follow(String topic, BitSet places);
}
