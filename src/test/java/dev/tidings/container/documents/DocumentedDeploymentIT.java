package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.NpmClient;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines that deploy the WAR do, in copies of a Tomcat and of {@code jetty-base} that differ in their port alone. */
@Tag(NpmClient.TAG)
class DocumentedDeploymentIT {

    private static final String PAGE = "docs/deployment.md";
    private static final String KEY = "/etc/tidings/key";
    private static final Pattern TOMCAT_PORT = Pattern.compile("http-nio-127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"]");
    private static final Pattern JETTY_PORT = Pattern.compile("Started oejs\\.ServerConnector@.*:(\\d+)}");

    private static final String CHECKOUT = """
            set -e
            mkdir target
            cp WAR target/tidings.war
            printf %s SECRET > key
            HERE=$PWD
            """;
    private static final String TOMCAT = """
            cp -r HOME tomcat
            chmod +x tomcat/bin/*.sh
            mkdir -p tomcat/webapps tomcat/logs tomcat/temp
            sed -i 's/port="8080"/port="0" address="127.0.0.1"/; s/port="8005"/port="-1"/' tomcat/conf/server.xml
            export JAVA_HOME=JAVA CATALINA_PID=$PWD/pid
            """;
    private static final String JETTY = """
            cp -r BASE jetty-base
            rm -rf jetty-base/webapps
            mkdir jetty-base/webapps
            sed -i 's/^jetty.http.port=8080/jetty.http.host=127.0.0.1\\njetty.http.port=0/' jetty-base/start.d/http.ini
            """;

    @Test
    void tomcatServesTheHubUnderTheNameOfTheWar() throws IOException {
        assertTomcatServes("", CodeBlock.of("README.md", "Deploy"), (directory, tomcat) -> {});
    }

    /** The key and the log are settings in one of its files; the heap, and what happens when it is full, in another. */
    @Test
    void tomcatTakesSettingsAndOptionsFromItsFiles() throws IOException {
        String settings =
                CodeBlock.of(PAGE, "Tomcat 10.1 and 11").with(KEY, "$HERE/key").code()
                        + CodeBlock.of(PAGE, "A log in a file")
                                .with("/var/lib/tidings", "$HERE")
                                .code();
        String options = CodeBlock.of(PAGE, "How much heap").code();
        String files = "cat >> tomcat/conf/catalina.properties <<END\n\n" + settings + "END\n"
                + "cat > tomcat/bin/setenv.sh <<'END'\n" + options + "END\n";
        CodeBlock start = CodeBlock.of("README.md", "Deploy");
        CodeBlock withoutKey = start.with("export TIDINGS_JWT_KEY=file:" + KEY + "\n", "");
        assertThat(withoutKey).isNotEqualTo(start);
        assertTomcatServes(files, withoutKey, (directory, tomcat) -> {
            assertThat(directory.resolve("log")).isNotEmptyFile();
            assertThat(tomcat.info().arguments().orElseThrow()).contains("-Xmx512m", "-XX:+ExitOnOutOfMemoryError");
        });
    }

    @ParameterizedTest
    @CsvSource({"README.md,Deploy,2", PAGE + ",Jetty 12.1,1"})
    void jettyServesTheHubAtTheRoot(String document, String heading, int number) {
        CodeBlock block = CodeBlock.of(document, heading, number).with("/opt/jetty-home", path("test.jetty.home"));
        try (DocumentedProgram shell = run(JETTY, block)) {
            assertServes(shell.directory().resolve("errors"), JETTY_PORT, "");
        }
    }

    private static void assertTomcatServes(
            String prepared, CodeBlock block, BiConsumer<Path, ProcessHandle> expectation) throws IOException {
        try (DocumentedProgram shell = run(TOMCAT + prepared, block.with("/opt/tomcat", "$PWD/tomcat"))) {
            try {
                shell.awaitEnd();
                assertServes(shell.directory().resolve("tomcat/logs/catalina.out"), TOMCAT_PORT, "/tidings");
                expectation.accept(shell.directory(), process(shell.directory()).orElseThrow());
            } finally {
                process(shell.directory()).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    private static Optional<ProcessHandle> process(Path directory) throws IOException {
        String pid = textOf(directory.resolve("pid")).strip();
        return pid.isEmpty() ? Optional.empty() : ProcessHandle.of(Long.parseLong(pid));
    }

    /** Runs a block in what looks like a checkout after its build. */
    private static DocumentedProgram run(String prepared, CodeBlock block) {
        String before = (CHECKOUT + prepared)
                .replace("WAR", path("test.war"))
                .replace("SECRET", Tokens.SECRET)
                .replace("BASE", path("test.jetty.base"))
                .replace("cp -r HOME", "cp -r " + path("test.tomcat11.home"))
                .replace("JAVA_HOME=JAVA", "JAVA_HOME=" + System.getProperty("java.home"));
        String lines = before + block.with(KEY, "$HERE/key").code();
        return DocumentedProgram.run(
                new CodeBlock(block.document(), block.heading(), block.number(), "sh", lines), Map.of());
    }

    private static void assertServes(Path log, Pattern port, String contextPath) {
        HttpClient http = HttpClient.newHttpClient();
        Eventually.passes(DocumentedProgram.START, () -> {
            Matcher found = port.matcher(textOf(log));
            assertThat(found.find()).as("the port in %s", log).isTrue();
            URI token = URI.create("http://127.0.0.1:" + found.group(1) + contextPath + "/token");
            var request = HttpRequest.newBuilder(token)
                    .header("Authorization", Tokens.user("alice").bearer())
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        });
    }

    private static String textOf(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException notYet) {
            return "";
        }
    }

    private static String path(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().toString();
    }
}
