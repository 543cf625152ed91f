package dev.tidings.event.selector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expands RFC 6570 templates, for string values; a variable that is not in the map is undefined.
 *
 * <p>The oracle of the matching tests: written the other way round from the matcher, by the steps of
 * appendix A, and sharing nothing with it. It takes any template for valid.
 */
final class Rfc6570Expander {

    private static final Pattern EXPRESSION = Pattern.compile("\\{([+#./;?&]?)([^}]*)}");
    private static final Pattern TRIPLETS = Pattern.compile("(%[0-9A-Fa-f]{2}){1,4}");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final String WITH_RESERVED = UNRESERVED + ":/?#[]@!$&'()*+,;=";

    private Rfc6570Expander() {}

    static String expand(String template, Map<String, String> values) {
        var expansion = new StringBuilder();
        Matcher expression = EXPRESSION.matcher(template);
        int literal = 0;
        while (expression.find()) {
            expansion.append(encode(withTriplets(template.substring(literal, expression.start())), WITH_RESERVED));
            expansion.append(expand(expression.group(1), expression.group(2).split(",", -1), values));
            literal = expression.end();
        }
        return expansion
                .append(encode(withTriplets(template.substring(literal)), WITH_RESERVED))
                .toString();
    }

    private static String expand(String operator, String[] variables, Map<String, String> values) {
        boolean named = !operator.isEmpty() && ";?&".contains(operator);
        boolean reserved = operator.equals("+") || operator.equals("#");
        var written = new ArrayList<String>();
        for (String variable : variables) {
            String[] modified = variable.replace("*", "").split(":", -1);
            String value = values.get(modified[0]);
            if (value == null) {
                continue;
            }
            List<String> characters = reserved ? withTriplets(value) : codePoints(value);
            if (modified.length == 2) {
                characters = characters.subList(0, Math.min(characters.size(), Integer.parseInt(modified[1])));
            }
            String text = encode(characters, reserved ? WITH_RESERVED : UNRESERVED);
            String equals = text.isEmpty() && operator.equals(";") ? "" : "=";
            written.add(named ? modified[0] + equals + text : text);
        }
        String first = operator.equals("+") ? "" : operator;
        String separator = operator.equals("?") ? "&" : first.isEmpty() || reserved ? "," : operator;
        return written.isEmpty() ? "" : first + String.join(separator, written);
    }

    private static String encode(List<String> characters, String allowed) {
        var encoded = new StringBuilder();
        for (String character : characters) {
            boolean triplets = character.length() > 2 && character.charAt(0) == '%';
            if (triplets || allowed.contains(character)) {
                encoded.append(character);
                continue;
            }
            for (byte octet : character.getBytes(UTF_8)) {
                encoded.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    private static List<String> codePoints(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    /** The characters of a text in which triplets that are the UTF-8 of one character count as that one. */
    private static List<String> withTriplets(String text) {
        var characters = new ArrayList<String>();
        for (int at = 0; at < text.length(); ) {
            String character = triplets(text, at);
            if (character == null) {
                character = Character.toString(text.codePointAt(at));
            }
            characters.add(character);
            at += character.length();
        }
        return characters;
    }

    private static String triplets(String text, int at) {
        Matcher triplets = TRIPLETS.matcher(text).region(at, text.length());
        if (text.charAt(at) != '%' || !triplets.lookingAt()) {
            return null;
        }
        for (int end = triplets.end(); end > at + 3; end -= 3) {
            if (isOneCharacter(text.substring(at, end))) {
                return text.substring(at, end);
            }
        }
        return text.substring(at, at + 3);
    }

    private static boolean isOneCharacter(String triplets) {
        try {
            byte[] octets = HexFormat.of().parseHex(triplets.replace("%", ""));
            return UTF_8.newDecoder()
                            .decode(ByteBuffer.wrap(octets))
                            .codePoints()
                            .count()
                    == 1;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
