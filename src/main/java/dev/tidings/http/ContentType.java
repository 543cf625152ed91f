package dev.tidings.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says its body is (RFC 9110, section 8.3).
 *
 * @param mediaType in lower case without parameters, empty when the request does not say
 * @param charset in lower case, or null when none is named
 */
record ContentType(String mediaType, @Nullable String charset) {

    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8");

    static ContentType of(HttpServletRequest request) {
        String header = request.getContentType();
        String[] parts = header == null
                ? new String[] {""}
                : header.toLowerCase(Locale.ROOT).split(";", -1);
        String charset = null;
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim();
            if (parameter.startsWith("charset=")) {
                charset = parameter.substring("charset=".length()).replace("\"", "");
            }
        }
        return new ContentType(parts[0].trim(), charset);
    }

    /** Whether a body of this type is text in UTF-8, as far as it says. */
    boolean isUtf8() {
        return charset == null || UTF_8.contains(charset);
    }
}
