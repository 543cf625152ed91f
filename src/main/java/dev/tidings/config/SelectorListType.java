package dev.tidings.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Topic selectors with commas between them. A comma inside braces belongs to a template (<code>/rooms/{a,b}</code>) and
 * divides nothing.
 *
 * <p>An empty text is the empty list, which removes a default. A blank entry is refused, since it is a mistake or a
 * variable that was not filled. The code that uses an entry checks that it is a selector.
 */
record SelectorListType() implements ValueType<List<String>> {

    @Override
    public List<String> parse(String text) {
        var entries = new ArrayList<String>();
        if (text.isEmpty()) {
            return List.of();
        }
        int start = 0;
        boolean inTemplate = false;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '{' -> inTemplate = true;
                case '}' -> inTemplate = false;
                case ',' -> {
                    if (!inTemplate) {
                        entries.add(entry(text.substring(start, i)));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        entries.add(entry(text.substring(start)));
        return List.copyOf(entries);
    }

    @Override
    public String allowed() {
        return "topic selectors separated by commas, or an empty value";
    }

    @Override
    public boolean allowsEmpty() {
        return true;
    }

    private static String entry(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("has a blank entry");
        }
        return text.strip();
    }
}
