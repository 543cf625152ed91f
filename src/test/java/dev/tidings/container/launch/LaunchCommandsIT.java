package dev.tidings.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.testing.LaunchedHub;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of {@code java -jar tidings.war}: {@code key}, {@code token}, {@code check}, help; and wrong ones. */
class LaunchCommandsIT {

    private static final Pattern OPTION = Pattern.compile("(?m)^--\\S+$");

    @TempDir
    private Path directory;

    /** @param code the exit code */
    private record Outcome(int code, String text) {}

    @Test
    void keyIsGoodForATokenThatTheHubAccepts() throws IOException {
        Outcome key = run("key");
        assertThat(key.code()).isZero();
        Path file = Files.writeString(directory.resolve("key"), key.text());
        String user = Fresh.user();
        Outcome token = run("token", "--sub", user, "--ttl=5m", "--jwt.key", "file:" + file);
        assertThat(token.code()).isZero();
        assertThat(token.text().lines()).hasSize(1);
        Outcome check = run("check", token.text().strip(), "--jwt.key", "file:" + file);
        assertThat(check.code()).isZero();
        assertThat(check.text())
                .contains("This token is good.\nuser:      " + user)
                .contains("publish:   /users/" + user)
                .contains("subscribe: /users/" + user + " /all");
    }

    @Test
    void tokenHasTheSelectorsAndWhatTheHubAsksFor() {
        List<String> settings = List.of(
                "--jwt.key", Tokens.SECRET, "--jwt.issuer", "me", "--jwt.audience", "us", "--jwt.user-claim=email");
        Outcome token = run(concat(
                List.of("token", "--sub=a", "--publish", "/p/{id}", "--publish", "/q", "--subscribe=*"), settings));
        assertThat(run(concat(List.of("check", token.text().strip()), settings)).text())
                .contains("user:      a\n")
                .contains("publish:   /p/{id} /q\n")
                .contains("subscribe: *\n");
    }

    @Test
    void tokenThatIsRefusedIsRefusedWithTheReason() {
        String expired = Tokens.user("a").expiring(Duration.ofMinutes(-3)).jwt();
        Outcome check = run("check", expired, "--jwt.key", Tokens.SECRET);
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.text()).isEqualTo("This token is refused: the token expired 3 minutes ago. Use a new one\n");
    }

    @Test
    void checkShowsSettingsWithoutSecretsAndWhereTheyComeFrom() throws IOException {
        Path file = Files.writeString(directory.resolve("tidings.properties"), "tidings.heartbeat=7s\n");
        Outcome check =
                run(Map.of("TIDINGS_RETRY", "3s"), "check", "--jwt.key", Tokens.SECRET, "--config", file.toString());
        assertThat(check.code()).isZero();
        assertThat(check.text())
                .contains("tidings.heartbeat = 7s (file " + file + ")\n")
                .contains("tidings.retry = 3s (environment TIDINGS_RETRY)\n")
                .contains("tidings.jwt.key = *** (option)\n")
                .contains("tidings.server.port = 8080 (default)\n")
                .endsWith("These settings are good. The log was not opened.\n")
                .doesNotContain(Tokens.SECRET);
    }

    @Test
    void checkSaysThatThereIsNoKey() {
        Outcome check = run("check");
        assertThat(check.code()).isZero();
        assertThat(check.text()).contains("Warning: no key is configured to verify tokens with: set tidings.jwt.key\n");
    }

    @Test
    void helpHasEverySettingOnceAndWhatItIsFor() {
        Outcome help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(OPTION.matcher(help.text()).results().map(found -> found.group()))
                .hasSizeGreaterThan(35)
                .doesNotHaveDuplicates()
                .contains("--port", "--history.age", "--tls.keystore");
        assertThat(help.text()).contains("""
                        --history.age
                            how long they are stored
                            a time from 1s to 3650d, a whole number followed by ms, s, m, h or d. Default: 12h
                        """).doesNotContain("](", "`");
    }

    @Test
    void versionIsThatOfTheBuild() {
        Outcome version = run("--version");
        assertThat(version.code()).isZero();
        assertThat(version.text()).matches("\\d+\\.\\d+\\.\\d+\\S*\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start | start is no command; there are key, token and check, and without one the hub starts",
                "--prt 1 | --prt is not an option; did you mean --port?",
                "--anonymous false | false is one word too many; options begin with --, and a switch takes another value"
                        + " as in --anonymous=false",
                "--port 99999 | tidings.server.port=99999 (option) is too large; allowed is a whole number from 0 to 65535",
                "--heartbeat 1 | tidings.heartbeat=1 (option) is not a time; allowed is a time from 100ms to 1h, a whole"
                        + " number followed by ms, s, m, h or d",
                "--jwt.key short | tidings.jwt.key: HS256 needs a secret of at least 32 bytes, and this one has 5; make one"
                        + " with: openssl rand -base64 48",
                "check --cors.origins nonsense | tidings.cors.origins: ",
                "check --log redis://host:port/0 | tidings.log",
                "check --tls.keystore nowhere | tidings.server.tls.keystore: nowhere is not there",
                "check a b | one token at a time is checked",
                "check a | tidings.jwt.key: is not set, so no token can be verified",
                "token --sub a | tidings.jwt.key: is not set, and a token is signed with it",
                "token --ttl 1 | --ttl 1 is not a time; allowed is a time from 1s to 3650d, a whole number followed by ms, s,"
                        + " m, h or d",
                "token --jwt.algorithm RS256 --jwt.key 0123456789012345678901234567890123456789 | tidings.jwt.key: RS256 needs"
            })
    void wrongCommandLineIsOneSentenceThatSaysWhatToDo(String arguments, String sentence) {
        Outcome outcome = run(arguments.split(" "));
        assertThat(outcome.text())
                .startsWith("Tidings: " + sentence)
                .endsWith("\nAll options: java -jar tidings.war --help\n");
        assertThat(outcome.text().lines()).hasSize(2);
        assertThat(outcome.code()).isEqualTo(2);
    }

    private static Outcome run(List<String> arguments) {
        return run(arguments.toArray(String[]::new));
    }

    private static Outcome run(String... arguments) {
        return run(Map.of(), arguments);
    }

    /** Runs a command, which has to leave nothing behind. */
    private static Outcome run(Map<String, String> environment, String... arguments) {
        try (LaunchedHub command = LaunchedHub.run(List.of(arguments), environment)) {
            int code = command.awaitExit();
            assertThat(command.temporary()).isEmptyDirectory();
            return new Outcome(code, command.logText());
        }
    }

    private static List<String> concat(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
