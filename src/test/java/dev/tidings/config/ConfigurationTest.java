package dev.tidings.config;

import static dev.tidings.config.Sources.contextParameters;
import static dev.tidings.config.Sources.environment;
import static dev.tidings.config.Sources.fault;
import static dev.tidings.config.Sources.properties;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "system, env, context, file, system", ", env, context, file, env", ", , context, file, context",
        ", , , file, file", ", , , , sub", "'', ' ', context, file, context"
    })
    void theFirstSourceThatHasASettingWins(String system, String env, String context, String file, String value)
            throws IOException {
        var systemProperties = new HashMap<String, String>();
        systemProperties.put("tidings.config", file(file == null ? "" : "tidings.jwt.user-claim=" + file));
        put(systemProperties, "tidings.jwt.user-claim", system);
        var environment = new HashMap<String, String>();
        put(environment, "TIDINGS_JWT_USER_CLAIM", env);
        var contextParameters = new HashMap<String, String>();
        put(contextParameters, "tidings.jwt.user-claim", context);
        var sources = new SettingSources(systemProperties, environment, contextParameters);
        assertThat(Configuration.read(sources).settings().jwt().userClaim()).isEqualTo(value);
    }

    @Test
    void everySettingHasANameOfItsOwnInTheEnvironment() {
        Source environment = Source.environment(Map.of());
        assertThat(SettingTable.all().stream().map(environment::nameOf))
                .doesNotHaveDuplicates()
                .contains("TIDINGS_JWT_USER_CLAIM");
    }

    @Test
    void spacesAroundAValueAreNotPartOfIt() {
        assertThat(Configuration.read(properties("tidings.jwt.issuer", " me "))
                        .settings()
                        .jwt()
                        .issuer())
                .isEqualTo("me");
    }

    @Test
    void anEmptyListTakesTheDefaultAway() {
        Settings.Defaults defaults = Configuration.read(environment("TIDINGS_DEFAULT_PUBLISH", ""))
                .settings()
                .defaults();
        assertThat(defaults.publish()).isEmpty();
        assertThat(defaults.subscribe()).isNotEmpty();
    }

    @Test
    void nothingInAValueIsExpanded() {
        String key = "${HOME} \\u0041 #{x} %PATH% $$";
        assertThat(Configuration.read(properties("tidings.jwt.key", key))
                        .settings()
                        .jwt()
                        .key())
                .isEqualTo(key);
    }

    @Test
    void theFileIsReadAsUtf8() throws IOException {
        var sources = environment("TIDINGS_CONFIG", file("tidings.jwt.issuer=Zo\u00eb 名前"));
        assertThat(Configuration.read(sources).settings().jwt().issuer()).isEqualTo("Zo\u00eb 名前");
    }

    @Test
    void aFileThatIsNotThereStopsTheDeployment() {
        assertThat(fault(contextParameters(
                        "tidings.config", folder.resolve("none").toString())))
                .startsWith("tidings.config: " + folder.resolve("none") + " cannot be read");
    }

    @Test
    void aFileThatIsNotUtf8StopsTheDeployment() throws IOException {
        Path file = folder.resolve("latin1.properties");
        Files.write(file, "tidings.jwt.issuer=Zo\u00eb".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(fault(properties("tidings.config", file.toString()))).contains("cannot be read");
    }

    @Test
    void aFileWithABrokenEscapeStopsTheDeployment() throws IOException {
        assertThat(fault(properties("tidings.config", file("tidings.jwt.issuer=\\u00zz"))))
                .contains("cannot be read");
    }

    @Test
    void aPathThatIsNoneStopsTheDeployment() {
        assertThat(fault(properties("tidings.config", "a\u0000b"))).contains("cannot be read: this is not a path");
    }

    @Test
    void aFileNamesNoOtherFile() throws IOException {
        assertThat(fault(properties("tidings.config", file("tidings.config=other.properties"))))
                .startsWith("tidings.config: cannot be set in the file itself");
    }

    @Test
    void anUnknownNameInASystemPropertyStopsTheDeployment() {
        assertThat(fault(properties("tidings.hartbeat", "GIVEAWAY")))
                .isEqualTo("tidings.hartbeat (system property) is not a setting; did you mean tidings.heartbeat?");
    }

    @Test
    void anUnknownNameInAContextParameterStopsTheDeployment() {
        assertThat(fault(contextParameters("tidings.something-else", "1")))
                .isEqualTo("tidings.something-else (context parameter) is not a setting");
    }

    @Test
    void anUnknownNameInTheFileStopsTheDeployment() throws IOException {
        String file = file("tidings.jwt.kye=GIVEAWAY");
        assertThat(fault(properties("tidings.config", file)))
                .isEqualTo("tidings.jwt.kye (file " + file + ") is not a setting; did you mean tidings.jwt.key?");
    }

    @Test
    void aNameOfTheEnvironmentIsUnknownElsewhere() {
        assertThat(Configuration.read(properties("TIDINGS_HEARTBEAT", "1s")).settings())
                .isEqualTo(Sources.settings());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tidings.heartbeat", "tidings_heartbeat", "Tidings_Heartbeat"})
    void onlyItsOwnNameCountsInTheEnvironment(String name) {
        Configuration configuration = Configuration.read(environment(name, "1s"));
        assertThat(configuration.settings()).isEqualTo(Sources.settings());
        assertThat(configuration.warnings())
                .containsExactly(name + " (environment) is not a setting; did you mean TIDINGS_HEARTBEAT?");
    }

    /** Kubernetes puts these into every container beside a service called tidings, or tidings-web. */
    @ParameterizedTest
    @CsvSource({
        "TIDINGS_SERVICE_HOST, 10.0.0.1",
        "TIDINGS_SERVICE_PORT, 80",
        "TIDINGS_SERVICE_PORT_HTTP, 80",
        "TIDINGS_PORT, tcp://10.0.0.1:80",
        "TIDINGS_PORT_80_TCP, tcp://10.0.0.1:80",
        "TIDINGS_PORT_80_TCP_ADDR, 10.0.0.1",
        "TIDINGS_PORT_80_TCP_PORT, 80",
        "TIDINGS_PORT_80_TCP_PROTO, tcp",
        "TIDINGS_WEB_SERVICE_HOST, 10.0.0.1",
        "TIDINGS_WEB_PORT_443_UDP_ADDR, 10.0.0.1",
        "TIDINGS_WEB_PORT, udp://10.0.0.1:443"
    })
    void whatKubernetesTellsOfAServiceIsPassedOver(String name, String value) {
        assertThat(Configuration.read(environment(name, value)).warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TIDINGS_PORT, 8080", "TIDINGS_LOGS_PORT, 8080", "TIDINGS_HOST, x", "TIDINGS_NOTE, x"})
    void aNameThatIsNearNothingIsNotTakenForASlip(String name, String value) {
        assertThat(Configuration.read(environment(name, value)).warnings())
                .first()
                .asString()
                .startsWith(name + " (environment) is not a setting");
        assertThat(Configuration.read(environment("TIDINGS_PORT", "8080")).warnings())
                .containsExactly("TIDINGS_PORT (environment) is not a setting");
    }

    @Test
    void anUnknownNameInTheEnvironmentOnlyWarns() {
        Configuration configuration = Configuration.read(
                environment("TIDINGS_WHATEVER", "10.0.0.7", "TIDINGS_HEARTBEET", "1s", "HOME", "/root"));
        assertThat(configuration.warnings())
                .containsExactly(
                        "TIDINGS_HEARTBEET (environment) is not a setting; did you mean TIDINGS_HEARTBEAT?",
                        "TIDINGS_WHATEVER (environment) is not a setting");
        assertThat(configuration.settings()).isEqualTo(Sources.settings());
    }

    @Test
    void whatIsNotTidingsIsNoneOfItsBusiness() {
        assertThat(Configuration.read(properties("java.version", "17", "tidingsx.y", "1"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void theDescriptionNamesEverySettingOfTheHubItsValueAndItsOrigin() {
        Map<String, String> description =
                Configuration.read(environment("TIDINGS_HEARTBEAT", "1s")).description();
        assertThat(description.keySet())
                .containsExactlyElementsOf(SettingTable.all().stream()
                        .filter(setting -> !SettingTable.isOfServer(setting))
                        .map(Setting::name)
                        .toList());
        assertThat(description)
                .containsEntry("tidings.heartbeat", "1s (environment TIDINGS_HEARTBEAT)")
                .containsEntry("tidings.retry", "2s (default)")
                .containsEntry("tidings.history.skip", "none (default)")
                .containsEntry("tidings.jwt.key", "not set");
    }

    @Test
    void theDescriptionMasksTheKeyAndShowsItsFile() throws IOException {
        assertThat(Configuration.read(properties("tidings.jwt.key", "GIVEAWAY")).description())
                .containsEntry("tidings.jwt.key", "*** (system property)");
        String file = file("GIVEAWAY");
        assertThat(Configuration.read(properties("tidings.jwt.key", "file:" + file))
                        .description())
                .containsEntry("tidings.jwt.key", "file:" + file + " (system property)");
    }

    @Test
    void theProcessHasItsOwnSources() {
        SettingSources sources = SettingSources.ofProcess(Map.of("tidings.demo", "true"));
        assertThat(sources.systemProperties()).containsEntry("java.version", System.getProperty("java.version"));
        assertThat(sources.environment()).isEqualTo(System.getenv());
        assertThat(sources.contextParameters()).containsOnlyKeys("tidings.demo");
    }

    private static void put(Map<String, String> map, String name, String value) {
        if (value != null) {
            map.put(name, value);
        }
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("a file"), content).toString();
    }
}
