package dev.tidings.config;

import java.util.Arrays;
import java.util.List;

/**
 * Texts with commas between them. An empty text is the empty list. A blank entry is refused, since it is a mistake
 * or a variable that was not filled.
 *
 * <p>The code that uses an entry checks it.
 *
 * @param entries the entries in a word, in the plural
 */
record ListType(String entries) implements ValueType<List<String>> {

    @Override
    public List<String> parse(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> list =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (list.contains("")) {
            throw new IllegalArgumentException("has a blank entry");
        }
        return list;
    }

    @Override
    public String allowed() {
        return entries + " separated by commas, or an empty value";
    }

    @Override
    public boolean allowsEmpty() {
        return true;
    }
}
