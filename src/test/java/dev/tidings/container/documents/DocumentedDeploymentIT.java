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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The lines that deploy the WAR do, in copies of a Tomcat and of {@code jetty-base} that differ in their port alone. */
@Tag(NpmClient.TAG)
class DocumentedDeploymentIT {

    private static final String KEY = "/etc/tidings/key";
    private static final Pattern TOMCAT_PORT = Pattern.compile("http-nio-127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"]");
    private static final Pattern JETTY_PORT = Pattern.compile("Started oejs\\.ServerConnector@.*:(\\d+)}");

    private static final String CHECKOUT = """
            set -e
            mkdir target
            cp WAR target/tidings.war
            printf %s SECRET > key
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
        CodeBlock block = CodeBlock.of("README.md", "Deploy").with("/opt/tomcat", "$PWD/tomcat");
        try (DocumentedProgram shell = run(TOMCAT, block)) {
            try {
                shell.awaitEnd();
                assertServes(shell.directory().resolve("tomcat/logs/catalina.out"), TOMCAT_PORT, "/tidings");
            } finally {
                String pid = textOf(shell.directory().resolve("pid")).strip();
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
    }

    @Test
    void jettyServesTheHubAtTheRoot() {
        CodeBlock block = CodeBlock.of("README.md", "Deploy", 2).with("/opt/jetty-home", path("test.jetty.home"));
        try (DocumentedProgram shell = run(JETTY, block)) {
            assertServes(shell.directory().resolve("errors"), JETTY_PORT, "");
        }
    }

    /** Runs a block in what looks like a checkout after its build. */
    private static DocumentedProgram run(String prepared, CodeBlock block) {
        String before = (CHECKOUT + prepared)
                .replace("WAR", path("test.war"))
                .replace("SECRET", Tokens.SECRET)
                .replace("BASE", path("test.jetty.base"))
                .replace("cp -r HOME", "cp -r " + path("test.tomcat11.home"))
                .replace("JAVA_HOME=JAVA", "JAVA_HOME=" + System.getProperty("java.home"));
        String lines = before + block.with(KEY, "$PWD/key").code();
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
