package dev.tidings.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostHeaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.example",
                "A_b~c-d.example.",
                "a.example:",
                "a.example:0",
                "a.example:8080",
                "a.example:65535",
                "192.0.2.1",
                "[::1]",
                "[2001:db8::1]:8080"
            })
    void nameOrAddressIsAHost(String host) {
        assertThat(HostHeader.valid(host)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a.example:65536",
                "a.example:x",
                "a b",
                "user@a.example",
                "a.example/",
                "a.example,b.example",
                "[::1",
                "[1]",
                "[::1]x",
                "::1"
            })
    void nothingElseIsAHost(String host) {
        assertThat(HostHeader.valid(host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:8080", "a.localhost", "localhost.", "127.0.0.1", "127.1.2.3:80", "[::1]"
            })
    void hostOfThisMachineIsLocal(String host) {
        assertThat(HostHeader.isLocal(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost.example", "xlocalhost", ".localhost.example", "192.0.2.1", "[2001:db8::1]", "a b", ""
            })
    void otherHostIsNotLocal(String host) {
        assertThat(HostHeader.isLocal(host)).isFalse();
    }
}
