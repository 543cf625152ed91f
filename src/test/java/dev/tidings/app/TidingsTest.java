package dev.tidings.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.config.Configuration;
import dev.tidings.config.SettingException;
import dev.tidings.config.SettingSources;
import dev.tidings.testing.Eventually;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings whose form is allowed, and which do not fit together or cannot be used. */
class TidingsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tidings.jwt.jwks-url=https://127.0.0.1:1/ | tidings.jwt.jwks-url: HS256 needs a secret",
                "tidings.jwt.jwks-url=http://127.0.0.1:1/ | tidings.jwt.jwks-url: a key set is read from an address",
                "tidings.jwt.key=short | tidings.jwt.key: HS256 needs a secret of at least 32 bytes",
                "tidings.jwt.key=-----BEGIN PUBLIC KEY----- | tidings.jwt.key: HS256 needs a secret, and this is a public key",
                "tidings.heartbeat=soon | tidings.heartbeat=soon (system property) is",
                "tidings.proxies=::1, proxy | tidings.proxies: \"proxy\" is neither an IP address nor a CIDR",
                "tidings.cookie-name=a b | tidings.cookie-name: \"a b\" cannot be the name of a cookie",
                "tidings.cors.origins=example.com | tidings.cors.origins: \"example.com\" is no origin",
                "tidings.cors.origins=ftp://x | tidings.cors.origins: \"ftp://x\" is no origin that a browser sends. Write",
                "tidings.cors.origins=https://x:99999 | tidings.cors.origins: \"https://x:99999\" is no origin",
                "tidings.cookie-name=__Host-t;tidings.cookie-secure=false | tidings.cookie-name: browsers drop",
                "tidings.default.subscribe=/users/{sub | tidings.default.subscribe: \"/users/{sub\" is not a topic selector. It has",
                "tidings.default.publish=/users/sub} | tidings.default.publish: \"/users/sub}\" is not a topic selector. It has",
                "tidings.default.publish=/users/{+sub} | tidings.default.publish: \"/users/{+sub}\" would be the same for all",
                "tidings.history.skip=/a/{b c} | tidings.history.skip: \"/a/{b c}\" is not a topic selector. It has a brace",
                "tidings.history.skip=/a,/{b | tidings.history.skip: \"/{b\" is not a topic selector. It has a brace",
                "tidings.jwt.jwks-url=file:jwks.json;tidings.jwt.algorithm=RS256 | tidings.jwt.jwks-url: give the absolute path of a file",
                "tidings.publish.origins=https://a | tidings.publish.origins: https://a is not in tidings.cors.origins",
                "tidings.publish.origins=https://a;tidings.cors.origins=* | tidings.publish.origins: https://a is not",
                "tidings.publish.origins=*;tidings.cors.origins=* | tidings.publish.origins: [*] would let any page publish"
            })
    void whatDoesNotFitStopsTheDeployment(String settings, String reason) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> start(settings))
                .withMessageStartingWith(reason);
    }

    @Test
    void whatFitsDoesNot() {
        assertThatCode(() -> start("tidings.publish.origins=https://a.b.example;"
                        + "tidings.cors.origins=https://*.b.example,null;tidings.proxies=10.0.0.0/8,::1"))
                .doesNotThrowAnyException();
    }

    @Test
    void aKeySetThatCannotBeReadDoesNot() {
        assertThatCode(() -> start("tidings.jwt.jwks-url=file:/no/such/file;tidings.jwt.algorithm=ES256"))
                .doesNotThrowAnyException();
    }

    @Test
    void partsThatRunAreStoppedWhenALaterOneCannotBeStarted() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();

        assertThatExceptionOfType(SettingException.class).isThrownBy(() -> start("tidings.log=file:" + directory));

        // A thread that was told to end may take a moment.
        Eventually.passes(() -> assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("tidings-") && !before.contains(thread))
                .isEmpty());
    }

    private static void start(String settings) {
        Map<String, String> properties = new HashMap<>();
        for (String setting : settings.split(";", -1)) {
            String[] nameAndValue = setting.split("=", 2);
            properties.put(nameAndValue[0], nameAndValue[1]);
        }
        var sources = new SettingSources(properties, Map.of(), Map.of());
        new Tidings(Configuration.read(sources).settings()).close();
    }
}
