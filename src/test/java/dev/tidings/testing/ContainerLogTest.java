package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way in which a container tells of trouble is one, and nothing else is. */
class ContainerLogTest {

    private static final String HARMLESS = """
            [0.1s][warning][cds] Skipping org/xml/sax/SAXParseException: Not linked
            28-Nov-2026 18:22:52.306 INFO [main] org.apache.catalina.startup.VersionLoggerListener.log Java Home: x
            28-Nov-2026 18:22:54.675 WARNING [main] dev.tidings.app.Bootstrap.lambda$warn$0 the heap is small
            2026-11-28 18:26:21.513:WARN :oejs.SecurityHandler:main: x has uncovered HTTP methods: [/*]
            Nov 28, 2026 6:26:21 PM dev.tidings.app.Bootstrap contextInitialized
            INFO: settings:
              tidings.config = not set at (all)
            """;

    private static final String TROUBLE = """
            28-Nov-2026 18:22:55.000 SEVERE [exec-1] dev.tidings.http.ErrorFilter.answer failed: GET /events
            \tjava.lang.IllegalStateException: gone
            \t\tat dev.tidings.stream.Streams.open(Streams.java:1)
            """;

    private static final String NEXT = "28-Nov-2026 18:22:56.000 INFO [main] next\n";

    @TempDir
    private Path directory;

    private Path file;
    private ContainerLog log;

    @BeforeEach
    void open() {
        file = directory.resolve("container.log");
        log = new ContainerLog(file, 0);
    }

    @Test
    void whatContainersSayAnywayIsNoTrouble() throws IOException {
        append(HARMLESS);

        assertThatCode(() -> log.check("A class")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "28-Nov-2026 18:22:55.000 SEVERE [main] org.apache.X.run Socket accept failed\n",
                "2026-11-28 18:26:21.513:ERROR:oejs.Server:main: it failed\n",
                "2026-11-28 18:26:21.513:WARN :oejs.Server:main: it\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n",
                "28-Nov-2026 18:22:55.000 INFO [main] org.apache.X.run it\n\tx\n\t\tat java.base/a.B.c(Native Method)\n",
                "Nov 28, 2026 6:26:21 PM dev.tidings.X run\nSEVERE: it failed\n",
                "Nov 28, 2026 6:26:21\u202fPM dev.tidings.X run\nSEVERE: it failed\n",
                "Exception in thread \"tidings-writer\" java.lang.NullPointerException\n",
                "Exception: java.lang.OutOfMemoryError thrown from the UncaughtExceptionHandler in thread \"x\"\n",
                "# A fatal error has been detected by the Java Runtime Environment:\n"
            })
    void errorsAndStackTracesAreTrouble(String trouble) throws IOException {
        append(HARMLESS + trouble + NEXT);

        assertThatThrownBy(() -> log.check("A class"))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("A class has left trouble in " + file)
                .hasMessageEndingWith(":\n" + trouble);
    }

    @Test
    void firstRequestThatTomcatCannotParseIsNoTrouble() throws IOException {
        append("""
                28-Nov-2026 18:24:01.000 INFO [http-nio-127.0.0.1-auto-1-exec-3] \
                org.apache.coyote.http11.Http11Processor.service Error parsing HTTP request header
                 Note: further occurrences of HTTP request parsing errors will be logged at DEBUG level.
                \tjava.lang.IllegalArgumentException: Request header is too large
                \t\tat org.apache.coyote.http11.Http11InputBuffer.fill(Http11InputBuffer.java:1)
                """);

        assertThatCode(() -> log.check("A class")).doesNotThrowAnyException();
    }

    @Test
    void requestOverHttp2WhoseAddressJettyCannotReadIsNoTrouble() throws IOException {
        String trouble = """
                2026-11-30 14:20:03.189:WARN :oejut.SerializedInvoker:qtp486898233-40: Serialized invocation error
                java.lang.NullPointerException: Cannot invoke "MetaData$Request.getMethod()" because "this.%s" is null
                \tat org.eclipse.jetty.http2.server.internal.HttpStreamOverHTTP2.failed(HttpStreamOverHTTP2.java:698)
                """;
        append(trouble.formatted("_requestMetaData"));

        assertThatCode(() -> log.check("A class")).doesNotThrowAnyException();

        append(trouble.formatted("_other"));

        assertThatThrownBy(() -> log.check("Another class")).hasMessageContaining("_other");
    }

    @Test
    void expectedTroubleIsNone() throws IOException {
        log.expect("IllegalStateException: gone");
        append(HARMLESS + TROUBLE + NEXT);

        assertThatCode(() -> log.check("A class")).doesNotThrowAnyException();
    }

    @Test
    void expectedTroubleThatDoesNotComeIsAFailure() throws IOException {
        log.expect("IllegalStateException: gone");
        append(HARMLESS);

        assertThatThrownBy(() -> log.check("A class"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("A class expects in ")
                .hasMessageContaining("IllegalStateException: gone");
    }

    @Test
    void expectationsAreOfOneClass() throws IOException {
        log.expect("IllegalStateException: gone");
        append(TROUBLE);
        log.check("A class");
        append(TROUBLE);

        assertThatThrownBy(() -> log.check("The next")).hasMessageContaining("The next has left trouble");
    }

    @Test
    void troubleIsToldOnce() throws IOException {
        append(TROUBLE);
        assertThatThrownBy(() -> log.check("A class")).isInstanceOf(AssertionError.class);

        assertThatCode(() -> log.check("The next")).doesNotThrowAnyException();
    }

    @Test
    void wherePartOfARecordWasReadTheWholeIsJudged() throws IOException {
        append(HARMLESS + "Nov 28, 2026 6:26:21 PM dev.tidings.X caf\u00e9\nSEV");
        log.check("A class");
        append("ERE: it failed\n");

        assertThatThrownBy(() -> log.check("The next"))
                .hasMessageEndingWith(":\nNov 28, 2026 6:26:21 PM dev.tidings.X caf\u00e9\nSEVERE: it failed\n");
    }

    @Test
    void restOfExpectedTroubleIsNoOtherTrouble() throws IOException {
        log.expect("SEVERE");
        append(TROUBLE.substring(0, TROUBLE.indexOf("\t\t")));
        log.check("A class");
        append(TROUBLE.substring(TROUBLE.indexOf("\t\t")) + NEXT);

        assertThatCode(() -> log.check("The next")).doesNotThrowAnyException();
    }

    @Test
    void whoeverTakesItOverIsAskedOnlyForWhatCameLater() throws IOException {
        append(TROUBLE);
        assertThatThrownBy(() -> log.check("A class")).isInstanceOf(AssertionError.class);
        append(NEXT);

        assertThatCode(() -> new ContainerLog(file, log.checked()).check("The next"))
                .doesNotThrowAnyException();
    }

    @Test
    void lateTroubleIsKeptBesideTheLog() throws IOException {
        append(TROUBLE);

        log.checkLate("The last");

        assertThat(directory.resolve("container.log.late"))
                .content()
                .startsWith("The last has left trouble")
                .endsWith(TROUBLE);
    }

    @Test
    void whereNothingIsLateThereIsNoFile() throws IOException {
        append(HARMLESS);

        log.checkLate("The last");

        assertThat(directory.resolve("container.log.late")).doesNotExist();
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
