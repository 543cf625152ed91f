package dev.tidings.web;

import jakarta.servlet.ServletContext;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the page of one feed.
 *
 * @param path the last part of its address, and the name of its markup and of its script
 * @param title its heading
 * @param publisher the source file of the class that publishes, which the build puts beside that class
 */
record FeedPage(String path, String title, String publisher) {

    /**
     * Reads the page. It shows the elements and the script that it has itself, with whole addresses, so that they work in
     * any page. It also shows the source that was compiled.
     *
     * @param before the page that it leads back to
     * @param next the page that it leads on to
     */
    Page read(ServletContext context, FeedPage before, FeedPage next) {
        String elements = "feed-" + path + "-elements.html";
        String script = "assets/feeds/" + path + ".js";
        String source = "/dev/tidings/feed/" + publisher;
        return Page.of("feed-" + path + ".html")
                .inside("../", true)
                .with(Map.of("feed", path, "title", title, "script", script, "publisher", publisher))
                .with(Map.of(
                        "before-path", before.path, "before", before.title, "next-path", next.path, "next", next.title))
                .with(Map.of("elements-code", anywhere(elements, getClass().getResourceAsStream(elements))))
                .with(Map.of("script-code", anywhere(script, context.getResourceAsStream("/" + script))))
                .with(Map.of("publisher-code", Page.text(source, getClass().getResourceAsStream(source))));
    }

    /** Returns the text of a file. The hub's whole address stands where the file goes up to the context. */
    private static String anywhere(String file, @Nullable InputStream opened) {
        return Page.text(file, opened).replaceAll("(['\"])\\.\\./", "$1{{url}}/");
    }
}
