package dev.tidings.event.selector;

import dev.tidings.event.PercentEncoding;
import dev.tidings.event.UriCharacters;

/**
 * The characters of a value that an expansion leaves as they are ('allow' in RFC 6570, appendix A), and so
 * what one character of a value can look like in a topic.
 */
enum ValueCharacters {

    /** Everything else, {@code %} too, becomes upper-case triplets; each character has one form only. */
    UNRESERVED {
        @Override
        int shortestAt(String topic, int at) {
            if (topic.charAt(at) != '%') {
                return UriCharacters.isUnreserved(topic.charAt(at)) ? 1 : 0;
            }
            if (UriCharacters.isUnreserved(PercentEncoding.octetAt(topic, at))) {
                return 0;
            }
            int length = PercentEncoding.characterAt(topic, at);
            return PercentEncoding.isUpperCase(topic, at, at + length) ? length : 0;
        }

        @Override
        int longestAt(String topic, int at) {
            return shortestAt(topic, at);
        }
    },

    /**
     * Reserved ones stay as well, and so does any triplet that the value brings along. Those that together
     * are the UTF-8 of a character count as that character, since a prefix must not split them (appendix
     * A); by itself each is one, too.
     */
    UNRESERVED_AND_RESERVED {
        @Override
        int shortestAt(String topic, int at) {
            char character = topic.charAt(at);
            if (UriCharacters.isUnreserved(character) || UriCharacters.isReserved(character)) {
                return 1;
            }
            return PercentEncoding.octetAt(topic, at) < 0 ? 0 : PercentEncoding.TRIPLET;
        }

        @Override
        int longestAt(String topic, int at) {
            return Math.max(shortestAt(topic, at), PercentEncoding.characterAt(topic, at));
        }
    };

    /**
     * The length of the least piece of an expanded value that can begin at this index, or 0 if none can.
     * Every expanded value consists of such pieces.
     */
    abstract int shortestAt(String topic, int at);

    /** The length of the greatest piece there that is one character of a value, or 0. */
    abstract int longestAt(String topic, int at);
}
