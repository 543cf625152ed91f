package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that {@code docs/clients.md} has people copy, so that tests run these and no others. */
public final class ClientsPage {

    private static final Path PAGE = Path.of("docs/clients.md");
    private static final String HUB = "https://hub.example.com";

    private ClientsPage() {}

    /** The first block of code under this heading, for a stream of this topic of this hub instead of the page's own. */
    public static String lines(String heading, URI hub, String topic) {
        Matcher section = Pattern.compile(
                        "^## " + Pattern.quote(heading) + "\n(?:(?!^## ).*\n)*?```\\w+\n((?:.*\n)*?)```\n",
                        Pattern.MULTILINE)
                .matcher(read());
        if (!section.find()) {
            throw new AssertionError("No block of code under \"" + heading + "\" in " + PAGE);
        }
        String base = hub.toString().replaceFirst("/$", "");
        return section.group(1)
                .replace(HUB, base)
                .replace(HUB.replace("https", "wss"), base.replace("http", "ws"))
                .replace("/orders", topic)
                // The client has the token from its environment.
                .replace("TOKEN=eyJ…\n", "");
    }

    private static String read() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
