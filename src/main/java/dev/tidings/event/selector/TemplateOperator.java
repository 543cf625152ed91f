package dev.tidings.event.selector;

import org.jspecify.annotations.Nullable;

/**
 * The kinds of expression: what each writes before, between and around its values, and which characters of
 * a value it leaves as they are. The table of RFC 6570, appendix A, column by column.
 */
enum TemplateOperator {
    SIMPLE("", ",", false, "", ValueCharacters.UNRESERVED),
    RESERVED("", ",", false, "", ValueCharacters.UNRESERVED_AND_RESERVED),
    LABEL(".", ".", false, "", ValueCharacters.UNRESERVED),
    PATH_SEGMENT("/", "/", false, "", ValueCharacters.UNRESERVED),
    PATH_PARAMETER(";", ";", true, "", ValueCharacters.UNRESERVED),
    QUERY("?", "&", true, "=", ValueCharacters.UNRESERVED),
    QUERY_CONTINUATION("&", "&", true, "=", ValueCharacters.UNRESERVED),
    FRAGMENT("#", ",", false, "", ValueCharacters.UNRESERVED_AND_RESERVED);

    /** Written before the first value that is defined. */
    final String first;

    /** Written before each further one. */
    final String separator;

    /** Whether the variable's name is written before its value. */
    final boolean named;

    /** Written after the name instead of {@code =} where the value is empty. */
    final String ifEmpty;

    /** What of a value is not encoded. */
    final ValueCharacters allow;

    TemplateOperator(String first, String separator, boolean named, String ifEmpty, ValueCharacters allow) {
        this.first = first;
        this.separator = separator;
        this.named = named;
        this.ifEmpty = ifEmpty;
        this.allow = allow;
    }

    /** The operator that this character is, or null. The ones the RFC reserves for later are none. */
    static @Nullable TemplateOperator of(char character) {
        return switch (character) {
            case '+' -> RESERVED;
            case '.' -> LABEL;
            case '/' -> PATH_SEGMENT;
            case ';' -> PATH_PARAMETER;
            case '?' -> QUERY;
            case '&' -> QUERY_CONTINUATION;
            case '#' -> FRAGMENT;
            default -> null;
        };
    }
}
