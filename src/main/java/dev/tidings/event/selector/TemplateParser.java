package dev.tidings.event.selector;

import dev.tidings.event.PercentEncoding;
import dev.tidings.event.UriCharacters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a template by the grammar of RFC 6570, section 2. For one text, once.
 *
 * <p><b>Threads.</b> One.
 */
final class TemplateParser {

    private static final int MAX_LENGTH_DIGITS = 4;

    private final String text;
    private final List<TemplatePart> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int variables;
    private int at;

    private TemplateParser(String text) {
        this.text = text;
    }

    /** The template that this text is, or null if it is none or has no variables. */
    static @Nullable UriTemplate parse(String text) {
        if (text.indexOf('{') < 0) {
            return null;
        }
        return new TemplateParser(text).read();
    }

    private @Nullable UriTemplate read() {
        while (at < text.length()) {
            boolean valid = text.charAt(at) == '{' ? readExpression() : readLiteral();
            if (!valid) {
                return null;
            }
        }
        endLiteral();
        return variables == 0 ? null : new UriTemplate(parts, variables);
    }

    /** One character, as section 3.1 has it written. */
    private boolean readLiteral() {
        if (readTriplet()) {
            literal.append(text, at - PercentEncoding.TRIPLET, at);
            return true;
        }
        int character = text.codePointAt(at);
        if (!UriCharacters.isLiteral(character)) {
            return false;
        }
        if (character < 0x80) {
            literal.append((char) character);
        } else {
            PercentEncoding.append(literal, character);
        }
        at += Character.charCount(character);
        return true;
    }

    private void endLiteral() {
        if (literal.length() > 0) {
            parts.add(new TemplateLiteral(literal.toString()));
            literal.setLength(0);
        }
    }

    private boolean readExpression() {
        endLiteral();
        at++;
        TemplateOperator operator = at < text.length() ? TemplateOperator.of(text.charAt(at)) : null;
        if (operator == null) {
            operator = TemplateOperator.SIMPLE;
        } else {
            at++;
        }
        var found = new ArrayList<TemplateVariable>();
        do {
            TemplateVariable variable = readVariable(operator);
            if (variable == null) {
                return false;
            }
            found.add(variable);
        } while (read(','));
        variables += found.size();
        parts.add(new TemplateExpression(found));
        return read('}');
    }

    private @Nullable TemplateVariable readVariable(TemplateOperator operator) {
        int start = at;
        do {
            if (!readNameCharacters()) {
                return null;
            }
        } while (read('.'));
        String name = text.substring(start, at);
        int limit = TemplateVariable.UNLIMITED;
        if (read(':')) {
            limit = readMaxLength();
        } else {
            // Explode says how lists and maps are written; a string is written as without it.
            read('*');
        }
        return limit == 0 ? null : new TemplateVariable(operator, name, limit);
    }

    private boolean readNameCharacters() {
        int start = at;
        boolean more = true;
        while (more) {
            more = readTriplet() || readNameCharacter();
        }
        return at > start;
    }

    private boolean readNameCharacter() {
        if (at == text.length()) {
            return false;
        }
        char character = text.charAt(at);
        if (!UriCharacters.isAlphanumeric(character) && character != '_') {
            return false;
        }
        at++;
        return true;
    }

    /** 1 to 9999 without leading zeros, or 0 if that is not what stands here. */
    private int readMaxLength() {
        int start = at;
        int length = 0;
        while (at < text.length() && at - start < MAX_LENGTH_DIGITS && isDigit(text.charAt(at))) {
            length = length * 10 + text.charAt(at) - '0';
            at++;
        }
        return length > 0 && text.charAt(start) != '0' ? length : 0;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private boolean readTriplet() {
        if (PercentEncoding.octetAt(text, at) < 0) {
            return false;
        }
        at += PercentEncoding.TRIPLET;
        return true;
    }

    private boolean read(char expected) {
        if (at == text.length() || text.charAt(at) != expected) {
            return false;
        }
        at++;
        return true;
    }
}
