package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators still have Jetty's older handler, which Jetty will remove. */
@SuppressWarnings("removal")
class CompressionCheckTest {

    private static final String STOCK = "text/html,text/xml,text/plain,text/css,text/javascript,application/json";

    private final ServletContextHandler context = new ServletContextHandler();

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            force; text/html
            on;    text/html, text/event-stream
            2048;  text/
            """)
    void connectorThatCompressesStreamsIsWarnedOf(String compression, String types) {
        assertThat(warnings("HTTP/1.1", compression, types))
                .singleElement()
                .asString()
                .contains("port 8080", "256 KiB");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            off; text/event-stream
            on;  text/html,text/xml,text/plain
            on;  ','
            """)
    void connectorThatLeavesStreamsAloneIsFine(String compression, String types) {
        assertThat(warnings("HTTP/1.1", compression, types)).isEmpty();
        assertThat(warnings("HTTP/1.1", "on", STOCK)).isEmpty();
    }

    @Test
    void connectorOfAjpIsNotMentioned() {
        assertThat(warnings("AJP/1.3", "force", STOCK)).isEmpty();
    }

    @Test
    void handlerOfJettyIsWarnedOfWhenItCompressesStreams() {
        var gzip = new GzipHandler();
        gzip.setExcludedMimeTypes("image/png");
        assertThat(jetty(gzip)).singleElement().asString().contains("GzipHandler");
    }

    @Test
    void handlerOfJettyAsItComesIsFine() {
        assertThat(jetty(new GzipHandler())).isEmpty();
    }

    private List<String> warnings(String protocol, String compression, String types) {
        var tomcat = new TomcatBeans()
                .with(
                        "Catalina:type=Connector,port=8080",
                        Map.of("protocol", protocol, "compression", compression, "compressibleMimeType", types));
        return CompressionCheck.warnings(context.getServletContext(), tomcat.server());
    }

    private List<String> jetty(GzipHandler gzip) {
        var server = new Server();
        gzip.setHandler(context);
        server.setHandler(gzip);
        return CompressionCheck.warnings(context.getServletContext(), new TomcatBeans().server());
    }
}
