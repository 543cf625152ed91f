package dev.tidings.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names that a table of names, such as JSON parsers keep, would put into one slot: their hashes, made as a polynomial of
 * 33 (Jackson's) from their characters, are all the same.
 */
public final class CollidingNames {

    /** Two of the same length and hash: 'B' * 33 + 'A' = 'A' * 33 + 'b'. */
    private static final List<String> PAIR = List.of("BA", "Ab");

    private CollidingNames() {}

    /** So many different ones. */
    public static List<String> of(int count) {
        List<String> names = new ArrayList<>(PAIR);
        while (names.size() < count) {
            names = names.stream()
                    .flatMap(name -> PAIR.stream().map(name::concat))
                    .collect(Collectors.toList());
        }
        return List.copyOf(names.subList(0, count));
    }

    /** So many members of a JSON object, each the number 1. */
    public static String members(int count) {
        return of(count).stream().map(name -> '"' + name + "\":1").collect(Collectors.joining(","));
    }
}
