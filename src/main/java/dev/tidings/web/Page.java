package dev.tidings.web;

import static java.util.Objects.requireNonNull;

import dev.tidings.http.Html;
import dev.tidings.http.ResponseBody;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An HTML page of ours with placeholders.
 *
 * <p>A placeholder is written {@code {{name}}}. Its value is escaped, so that no value becomes markup. Another file of
 * ours is included as it is by {@code {{>file}}}.
 *
 * <p><b>Threads.</b> Any.
 */
final class Page {

    private static final Pattern INCLUDE = Pattern.compile("\\{\\{>([\\w.-]+)}}\\n?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([\\w-]+)}}");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final String html;

    private Page(String html) {
        this.html = html;
    }

    /** Reads the page from a file of this package's resources. */
    static Page of(String file) {
        return new Page(read(file));
    }

    /** Returns the page with these values in place. A value that looks like a placeholder is not replaced again. */
    Page with(Map<String, String> values) {
        return new Page(PLACEHOLDER.matcher(html).replaceAll(placeholder -> {
            String value = values.get(placeholder.group(1));
            return Matcher.quoteReplacement(value == null ? placeholder.group() : Html.escape(value));
        }));
    }

    /**
     * Returns the page with the values that all pages have.
     *
     * @param root the relative address of the context, with a slash at its end
     * @param feeds whether there are feeds to link to
     */
    Page inside(String root, boolean feeds) {
        return with(Map.of("root", root, "feeds", feeds ? "" : "hidden"));
    }

    /** Writes the page as the whole answer. No cache keeps it. */
    void writeTo(HttpServletResponse response) throws IOException {
        byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        ResponseBody.write(response, "text/html;charset=utf-8", bytes);
    }

    private static String read(String file) {
        String text = text(file, Page.class.getResourceAsStream(file));
        return INCLUDE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(read(found.group(1))));
    }

    /** Reads the text of a file that has to be there. */
    static String text(String file, @Nullable InputStream opened) {
        try (InputStream in = requireNonNull(opened, file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
