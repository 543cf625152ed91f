package dev.tidings.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request says its body is (RFC 9110, section 8.3).
 *
 * @param mediaType in lower case without parameters, empty when the request does not say
 * @param charset in lower case, or null when none is named
 */
public record ContentType(String mediaType, @Nullable String charset) {

    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8");

    public static ContentType of(HttpServletRequest request) {
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

    /**
     * Returns when the body can be read as text: in UTF-8, as far as it says, and not encoded once more.
     *
     * @throws Problem 415 when it cannot
     */
    public void requireReadable(HttpServletRequest request) {
        if (!isUtf8()) {
            throw unsupported("The charset \"" + charset + "\" is not read here; use utf-8.");
        }
        if (isEncoded(request)) {
            throw unsupported("Bodies with a Content-Encoding are not read here; send the body unencoded.");
        }
    }

    /** {@code identity} is no encoding (RFC 9110, section 8.4). */
    private static boolean isEncoded(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Content-Encoding")).stream()
                .flatMap(codings -> Arrays.stream(codings.split(",", -1)))
                .map(String::strip)
                .anyMatch(coding -> !coding.isEmpty() && !coding.equalsIgnoreCase("identity"));
    }

    /**
     * The refusal of a body that is of none of these types.
     *
     * @param others what to send instead, in words
     */
    public Problem unsupportedFor(String others) {
        return unsupported(
                mediaType.isEmpty()
                        ? "The request has no Content-Type; send " + others + "."
                        : "The content type \"" + mediaType + "\" is not read here; send " + others + ".");
    }

    public static Problem unsupported(String detail) {
        return new Problem(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, detail);
    }

    /** Whether a body of this type is text in UTF-8, as far as it says. */
    public boolean isUtf8() {
        return charset == null || UTF_8.contains(charset);
    }
}
