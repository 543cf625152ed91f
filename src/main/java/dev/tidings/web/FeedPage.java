package dev.tidings.web;

import jakarta.servlet.ServletContext;
import java.util.Map;

/**
 * The parts of the page of one feed.
 *
 * @param path the last part of its address, and the name of its markup and of its script
 * @param title its heading
 * @param publisher the source file of the class that publishes, which the build puts beside that class
 */
record FeedPage(String path, String title, String publisher) {

    /** Reads the page. It shows the script that the container serves and the source that was compiled. */
    Page read(ServletContext context) {
        String script = "assets/feeds/" + path + ".js";
        String source = "/dev/tidings/feed/" + publisher;
        return Page.of("feed-" + path + ".html")
                .inside("../", true)
                .with(Map.of("feed", path, "title", title, "script", script, "publisher", publisher))
                .with(Map.of("script-code", Page.text(script, context.getResourceAsStream("/" + script))))
                .with(Map.of("publisher-code", Page.text(source, getClass().getResourceAsStream(source))));
    }
}
