package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.NpmClient;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the home page has people publish with, taken from the page and run. */
@Tag(NpmClient.TAG)
@EveryContainer(kinds = ContainerKind.JETTY, settings = "tidings.retry=50ms")
class HomePageCodeIT {

    private static final String IMPORTS = """
            import java.net.URI;
            import java.net.http.*;
            import java.net.http.HttpRequest.BodyPublishers;
            import java.net.http.HttpResponse.BodyHandlers;
            """;

    private final Container hub;

    HomePageCodeIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @CsvSource({"publish, sh", "publish-java, java", "publish-javascript, js", "publish-python, python"})
    void eachWayToPublishReachesTheUser(String section, String language) {
        String code = shown(section);
        assertThat(code).contains(hub.uri("/msg").toString());
        String token = Tokens.operator().jwt();
        CodeBlock block = new CodeBlock("the home page", section, 1, language, imports(language) + code).as(token);
        try (StreamRecorder inbox = Streams.open(hub.stream("/events").with(Tokens.user("alice")));
                DocumentedProgram program = DocumentedProgram.run(block, token)) {
            assertThat(inbox.next().data()).as(program.output()).isEqualTo("Your report is ready");
        }
    }

    private static String imports(String language) {
        return language.equals("java") ? IMPORTS : "";
    }

    /** The code of a section, as a browser shows it. */
    private String shown(String section) {
        String page = Requests.get(hub, "/", "Accept: text/html").body();
        Matcher code = Pattern.compile("(?s)<pre id=\"" + section + "-code\"[^>]*><code>(.*?)</code>")
                .matcher(page);
        assertThat(code.find()).isTrue();
        return code.group(1)
                .replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
