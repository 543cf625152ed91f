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
 * An HTML page of ours with named holes.
 *
 * <p>A hole is written {@code {{name}}} and filled with text, escaped, so that no value becomes markup.
 * {@code {{>file}}} is where another file of ours is put in as it is.
 *
 * <p><b>Threads.</b> Any.
 */
final class Page {

    private static final Pattern INCLUDE = Pattern.compile("\\{\\{>([\\w.-]+)}}\\n?");
    private static final Pattern HOLE = Pattern.compile("\\{\\{([\\w-]+)}}");

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final String html;

    private Page(String html) {
        this.html = html;
    }

    /** The page of that file, which stands beside this class. */
    static Page of(String file) {
        return new Page(read(file));
    }

    /** The page with these holes filled, all at once: what looks like a hole in a value is none. */
    Page with(Map<String, String> values) {
        return new Page(HOLE.matcher(html).replaceAll(hole -> {
            String value = values.get(hole.group(1));
            return Matcher.quoteReplacement(value == null ? hole.group() : Html.escape(value));
        }));
    }

    /**
     * The page with what all pages have filled in.
     *
     * @param root the way from the page's address to the context's, with a slash at its end
     * @param feeds whether there are feeds to lead to
     */
    Page inside(String root, boolean feeds) {
        return with(Map.of("root", root, "feeds", feeds ? "" : "hidden"));
    }

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

    /** The text of a file of ours, which is there. */
    static String text(String file, @Nullable InputStream opened) {
        try (InputStream in = requireNonNull(opened, file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
