package dev.tidings.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::1, 0:0:0:0:0:0:0:1",
        "0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:1",
        "2001:DB8::1, 2001:db8:0:0:0:0:0:1",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
        "::ffff:192.0.2.1, 192.0.2.1",
    })
    void anAddressHasOneForm(String text, String address) {
        assertThat(IpLiteral.parse(text)).isNotNull();
        assertThat(IpLiteral.parse(text).getHostAddress()).isEqualTo(address);
    }

    /** No name is looked up. A name server would find example.com and 1. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "127.1",
                "0x7f.0.0.1",
                "192.0.2.256",
                "192.0.2.01",
                "192.0.2",
                "192.0.2.1.",
                ":",
                ":::",
                "1:2",
                "::g",
                "::1::",
                "1:2:3:4:5:6:7:8:9",
                "[::1]",
                "example.com",
                "face.com",
                "localhost",
                "unknown",
                "_hidden",
                " ::1",
                "192.0.2.1:80",
                "%1",
                "-1.0.0.0",
                "１.0.0.1"
            })
    void nothingElseIsAnAddress(String text) {
        assertThat(IpLiteral.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "192.0.2.1:4711, 192.0.2.1",
        "192.0.2.1:_port, 192.0.2.1",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:4711, 2001:db8:0:0:0:0:0:1",
        "[fe80::1%eth0]:1, fe80:0:0:0:0:0:0:1"
    })
    void aNodeMayHaveAPort(String text, String address) {
        assertThat(IpLiteral.parseNode(text)).isNotNull();
        assertThat(IpLiteral.parseNode(text).getHostAddress()).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "_hidden", "[]", "[192.0.2.1", "[::1]x", "192.0.2.1:", "a:80", "[::1]]", ":80"})
    void nothingElseIsANode(String text) {
        assertThat(IpLiteral.parseNode(text)).isNull();
    }

    @Test
    void aLongNodeIsReadInLinearTime() {
        assertThat(IpLiteral.parseNode("1.".repeat(4_000) + ":")).isNull();
    }
}
