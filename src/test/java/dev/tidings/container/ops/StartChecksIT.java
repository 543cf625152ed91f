package dev.tidings.container.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Raw;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hub's log says what will hurt, once, with the cure. A container as it is recommended brings no warning. */
class StartChecksIT {

    /** As Tomcat writes it in a line, and Java's own logging in two. */
    private static final Pattern WARNING =
            Pattern.compile("(?m)^.*WARNING .*dev\\.tidings.*$|^.* dev\\.tidings.*\\R^WARNING: .*$");

    /** As there may be one in the {@code web.xml} that Tomcat has for all of its web applications. */
    private static final String FILTER = """
            <filter>
              <filter-name>charset</filter-name>
              <filter-class>org.apache.catalina.filters.AddDefaultCharsetFilter</filter-class>
            </filter>
            <filter-mapping>
              <filter-name>charset</filter-name>
              <url-pattern>/ws</url-pattern>
            </filter-mapping>
            <filter>
              <filter-name>elsewhere</filter-name>
              <filter-class>org.apache.catalina.filters.AddDefaultCharsetFilter</filter-class>
            </filter>
            <filter-mapping>
              <filter-name>elsewhere</filter-name>
              <url-pattern>/other/*</url-pattern>
            </filter-mapping>
            """;

    private static final String CONNECTOR = """
            <Connector address="127.0.0.1" port="0" compression="force" maxConnections="99"/>
            <Connector address="127.0.0.1" port="0" compression="on" compressibleMimeType="text/html, text/event-stream"/>
            <Connector address="127.0.0.1" port="0" compression="on"/>
            """;

    private static final String GZIP_AND_LOG = """
            <Call name="insertHandler">
              <Arg>
                <New class="org.eclipse.jetty.server.handler.gzip.GzipHandler">
                  <Set name="excludedMimeTypesList">image/png</Set>
                </New>
              </Arg>
            </Call>
            <Set name="requestLog">
              <New class="org.eclipse.jetty.server.CustomRequestLog">
                <Arg type="String">/dev/null</Arg>
                <Arg type="String">%a "%r" %s</Arg>
              </New>
            </Set>
            """;

    /** A heap as it is recommended counts as one for load, and each of these lives for seconds. */
    private static final String[] BRIEF = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

    @ParameterizedTest
    @EnumSource
    void containerAsItIsRecommendedIsWarnedOfNothing(ContainerKind kind) {
        try (Container container =
                ContainerSpec.of(kind).heap(512).options(BRIEF).start()) {
            assertThat(warnings(container)).isEmpty();
            if (kind != ContainerKind.JETTY) {
                assertThat(container.logText()).contains("relaxedQueryChars", "access log writes queries");
            }
        }
    }

    @Test
    void tomcatIsWarnedOfWhatWillHurtWithTheCure() {
        try (Container container = ContainerSpec.of(ContainerKind.TOMCAT_11)
                .connector(CONNECTOR)
                .filters(FILTER)
                .descriptors(900)
                .set("tidings.limit.event-size", "64MiB")
                .heap(512)
                .options(BRIEF)
                .start()) {
            assertThat(warnings(container))
                    .satisfiesExactlyInAnyOrder(
                            filter -> assertThat(filter).contains("The filter charset", "<async-supported>"),
                            force -> assertThat(force).contains("compresses", "instead of \"force\""),
                            listed -> assertThat(listed).contains("compresses", "out of compressibleMimeType"),
                            few -> assertThat(few).contains("accepts 99 connections", "maxConnections"),
                            files -> assertThat(files).contains("900 files", "LimitNOFILE"),
                            size -> assertThat(size).contains("tidings.limit.event-size is 64 MiB", "-Xmx2048m"));
        }
    }

    @Test
    void jettyIsWarnedOfCompressionAndOfQueriesInItsLog() {
        try (Container container = ContainerSpec.of(ContainerKind.JETTY)
                .connector(GZIP_AND_LOG)
                .heap(512)
                .options(BRIEF)
                .start()) {
            assertThat(warnings(container))
                    .satisfiesExactlyInAnyOrder(
                            gzip -> assertThat(gzip).contains("GzipHandler compresses text/event-stream"),
                            log -> assertThat(log).contains("request log writes queries"));
        }
    }

    @Test
    void firstRequestThatShowsSomethingIsSaidAndNoOther() {
        try (Container container = ContainerSpec.of(ContainerKind.TOMCAT_11)
                .filters(FILTER)
                .heap(512)
                .options(BRIEF)
                .start()) {
            int before = warnings(container).size();
            for (int i = 0; i < 3; i++) {
                Raw.ask(container, "GET", "/health", "X-Forwarded-For: 192.0.2.7\r\n");
                Raw.ask(container, "GET", "/.well-known/mercure", "");
                Raw.ask(container, "GET", "/ws", "");
            }
            Eventually.passes(() -> assertThat(warnings(container)
                            .subList(before, warnings(container).size()))
                    .satisfiesExactlyInAnyOrder(
                            proxy -> assertThat(proxy)
                                    .contains("127.0.0.1", "X-Forwarded-For", "tidings.proxies=127.0.0.1"),
                            mercure -> assertThat(mercure).contains("client of Mercure", "encodedSolidusHandling"),
                            filter -> assertThat(filter).contains("through a filter", "asynchronous")));
        }
    }

    @Test
    void proxyThatIsListedIsNotMentioned() {
        try (Container container = ContainerSpec.of(ContainerKind.JETTY)
                .set("tidings.proxies", "127.0.0.1")
                .heap(512)
                .options(BRIEF)
                .start()) {
            Raw.ask(container, "GET", "/health", "X-Forwarded-For: 192.0.2.7\r\n");
            assertThat(warnings(container)).isEmpty();
        }
    }

    private static List<String> warnings(Container container) {
        return WARNING.matcher(container.logText())
                .results()
                .map(line -> line.group())
                .toList();
    }
}
