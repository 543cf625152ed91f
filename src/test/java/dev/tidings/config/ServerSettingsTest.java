package dev.tidings.config;

import static dev.tidings.config.Sources.environment;
import static dev.tidings.config.Sources.properties;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {

    @Test
    void serverIsForThisMachineAloneUnlessASettingSaysOtherwise() {
        assertThat(ServerSettings.read(properties())).isEqualTo(new ServerSettings("127.0.0.1", 8080, null));
    }

    @Test
    void addressAndPortAreSet() {
        assertThat(ServerSettings.read(properties("tidings.server.address", "0.0.0.0", "tidings.server.port", "0")))
                .isEqualTo(new ServerSettings("0.0.0.0", 0, null));
    }

    @Test
    void certificateAndKeyAreInTwoFiles() {
        assertThat(ServerSettings.read(
                                properties("tidings.server.tls.certificate", "/c", "tidings.server.tls.key", "/k"))
                        .tls())
                .isEqualTo(new ServerSettings.PemFiles("/c", "/k"));
    }

    @Test
    void certificateAndKeyAreInAKeystoreWhosePasswordIsNotShown() {
        ServerSettings settings = ServerSettings.read(
                properties("tidings.server.tls.keystore", "/s", "tidings.server.tls.password", "GIVEAWAY"));
        assertThat(settings.tls()).isEqualTo(new ServerSettings.Keystore("/s", "GIVEAWAY"));
        assertThat(settings.toString()).doesNotContain("GIVEAWAY");
        assertThat(ServerSettings.describe(properties("tidings.server.tls.password", "GIVEAWAY")))
                .containsEntry("tidings.server.tls.password", "*** (system property)");
    }

    @Test
    void keystoreMayHaveNoPassword() {
        assertThat(ServerSettings.read(properties("tidings.server.tls.keystore", "/s"))
                        .tls())
                .isEqualTo(new ServerSettings.Keystore("/s", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tidings.server.port=65536 | tidings.server.port=65536 (system property) is too large; allowed is a whole"
                        + " number from 0 to 65535",
                "tidings.server.tls.key=k | tidings.server.tls.key: is of no use without tidings.server.tls.certificate; set"
                        + " both or neither",
                "tidings.server.tls.certificate=c | tidings.server.tls.certificate: is of no use without"
                        + " tidings.server.tls.key; set both or neither",
                "tidings.server.tls.password=p | tidings.server.tls.password: is of no use without"
                        + " tidings.server.tls.keystore; set both or neither",
                "tidings.server.tls.keystore=s,tidings.server.tls.key=k | tidings.server.tls.key: the certificate and its"
                        + " key are in a keystore; remove this setting or tidings.server.tls.keystore",
                "tidings.server.tls.keystore=s,tidings.server.tls.certificate=c | tidings.server.tls.certificate: the"
                        + " certificate and its key are in a keystore; remove this setting or tidings.server.tls.keystore"
            })
    void whatDoesNotFitTogetherIsSaid(String settings, String sentence) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> ServerSettings.read(properties(settings.split("[=,]"))))
                .withMessage(sentence);
    }

    /** A container has connectors of its own. What is wrong here stops no deployment there. */
    @Test
    void containerPassesThemOverWithAWarning() {
        SettingSources sources = properties("tidings.server.port", "no port", "tidings.server.tls.key", "k");
        assertThatCode(() -> Configuration.read(sources)).doesNotThrowAnyException();
        assertThat(Configuration.read(sources).description()).doesNotContainKey("tidings.server.port");
        assertThat(ServerSettings.unused(sources))
                .hasSize(2)
                .first()
                .isEqualTo("tidings.server.port (system property) is a setting of java -jar tidings.war, and means"
                        + " nothing in a container, which has settings of its own for this");
        assertThat(ServerSettings.unused(environment("TIDINGS_SERVER_PORT", "1")))
                .singleElement()
                .asString()
                .startsWith("TIDINGS_SERVER_PORT (environment) ");
        assertThat(ServerSettings.unused(properties())).isEmpty();
    }

    /** It names so the address of a service that is called tidings-server. */
    @Test
    void portThatKubernetesMakesIsNone() {
        SettingSources sources = environment("TIDINGS_SERVER_PORT", "tcp://10.0.0.1:80");
        assertThat(ServerSettings.read(sources).port()).isEqualTo(8080);
        assertThat(ServerSettings.unused(sources)).isEmpty();
    }
}
