package dev.tidings.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A key as text, or {@code file:} and the path of a file with the key. The file is read at once.
 *
 * <p>Line breaks at the end are not part of the key, whether it stands in the setting or in the file, since editors and
 * {@code echo} leave them there. Spaces are part of it.
 *
 * @param allowed what kind of key, as a sentence
 */
record KeyType(String allowed) implements ValueType<String> {

    static final String FILE = "file:";

    @Override
    public String parse(String text) {
        if (!text.startsWith(FILE)) {
            return text;
        }
        String key = trimmed(read(text.substring(FILE.length())));
        if (key.isBlank()) {
            throw new IllegalArgumentException("is an empty file");
        }
        return key;
    }

    @Override
    public String trimmed(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new IllegalArgumentException("names no file that exists", e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("is not UTF-8 text (random bytes: encode them as Base64)", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot be read (" + e + ")", e);
        }
    }
}
