package dev.tidings.web;

import jakarta.servlet.ServletContext;
import java.util.Map;

/**
 * What the page of one feed is made of.
 *
 * @param path the last part of its address, and the name of its markup and of its script
 * @param title its heading
 * @param publisher the file of the class that publishes, which stands beside that class
 */
record FeedPage(String path, String title, String publisher) {

    /** The page, with the code that the container serves and that was compiled. */
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
