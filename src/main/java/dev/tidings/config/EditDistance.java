package dev.tidings.config;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How many letters must be added, removed or exchanged to make one word another (Levenshtein). */
final class EditDistance {

    private static final int STILL_A_SLIP = 3;
    private static final int LETTERS_FOR_A_SLIP = 3;

    private EditDistance() {}

    /**
     * The word that was probably meant, or null when none is near: at most {@value #STILL_A_SLIP} letters, and one in
     * {@value #LETTERS_FOR_A_SLIP} of those after what all words begin with.
     */
    static @Nullable String nearest(String word, String beginning, Collection<String> words) {
        int slips = Math.min(STILL_A_SLIP, (word.length() - beginning.length()) / LETTERS_FOR_A_SLIP);
        return words.stream()
                .filter(candidate -> between(word, candidate) <= slips)
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
