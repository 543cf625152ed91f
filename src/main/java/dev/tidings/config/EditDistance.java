package dev.tidings.config;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The number of letters that must be added, removed or exchanged to make one word another (Levenshtein).
 *
 * <p><b>Threads.</b> Any.
 */
final class EditDistance {

    private static final int MAX_EDITS = 3;
    private static final int LETTERS_FOR_AN_EDIT = 3;

    private EditDistance() {}

    /**
     * Returns the word that was probably meant, or null when none is near. It differs by at most {@value #MAX_EDITS}
     * letters, and by at most one in {@value #LETTERS_FOR_AN_EDIT} of the letters after the common beginning.
     *
     * @param beginning the beginning that all words have
     */
    static @Nullable String nearest(String word, String beginning, Collection<String> words) {
        int edits = Math.min(MAX_EDITS, (word.length() - beginning.length()) / LETTERS_FOR_AN_EDIT);
        return words.stream()
                .filter(candidate -> between(word, candidate) <= edits)
                .min(Comparator.comparingInt(candidate -> between(word, candidate)))
                .orElse(null);
    }

    private static int between(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[row.length - 1];
    }
}
