package dev.tidings.http.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com, 443",
        "http://example.com, http://example.com, 80",
        "http://localhost:3000, http://localhost:3000, 3000",
        "HTTPS://Example.COM:443, https://example.com, 443",
        "http://example.com:443, http://example.com:443, 443",
        "http://[::1]:8080, http://[::1]:8080, 8080",
        "http://192.0.2.1, http://192.0.2.1, 80",
        "https://xn--bcher-kva.example, https://xn--bcher-kva.example, 443",
        "https://a_b.example, https://a_b.example, 443",
        "chrome-extension://abcdefgh, chrome-extension://abcdefgh, -1"
    })
    void anOriginIsASchemeAHostAndAPort(String text, String shown, int port) {
        assertThat(requireNonNull(Origin.parse(text))).hasToString(shown);
        assertThat(Origin.parse(text).port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "*",
                "example.com",
                "//example.com",
                "https:",
                "https://",
                "https:///",
                "https://example.com/",
                "https://example.com?",
                "https://example.com#",
                "https://user@example.com",
                "https://user:pw@example.com",
                "https://example.com:",
                "https://example.com:x",
                "https://example.com:123456",
                "https://example.com https://evil.example",
                "https://example.com,https://evil.example",
                "https://.example.com",
                "https://example..com",
                "https://exam ple.com",
                "https://ex\u00e4mple.com",
                "https://example.com%00",
                "https://example.com\\",
                "https://[::1",
                "https://*.example.com",
                "https://example.com\n"
            })
    void nothingElseIsAnOrigin(String text) {
        assertThat(Origin.parse(text)).isNull();
    }

    @Test
    void aLongHostIsReadWithoutDeepRecursion() {
        assertThat(Origin.parse("http://" + "a.".repeat(100_000))).isNotNull();
        assertThat(Origin.parse("http://" + "a.".repeat(100_000) + "!")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, https://example.com",
        "https://example.com/, https://example.com",
        "http://example.com:8080/a?b#c, http://example.com:8080",
        "https://example.com?x=https://evil.example, https://example.com",
        "https://evil.example/https://example.com, https://evil.example",
        "https://example.com.evil.example/, https://example.com.evil.example"
    })
    void theOriginOfAnAddressIsWhatItBeginsWith(String address, String origin) {
        assertThat(requireNonNull(Origin.ofAddress(address))).hasToString(origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "about:client",
                "https://example.com@evil.example/",
                "https://example.com:80@evil.example/",
                "https://example.com\\@evil.example/",
                "https://example.com&evil",
                "/login",
                ""
            })
    void anythingElseIsNoAddress(String address) {
        assertThat(Origin.ofAddress(address)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        // origin, Host, whether known to be HTTPS, same site
        "http://a.example, a.example, false, true",
        "https://a.example, a.example, false, true",
        "https://a.example, a.example, true, true",
        "http://a.example, a.example, true, false",
        "http://a.example, A.EXAMPLE, false, true",
        "http://a.example, a.example:80, false, true",
        "https://a.example, a.example:443, false, true",
        "https://a.example, a.example:443, true, true",
        "https://a.example, a.example:80, false, false",
        "http://a.example, a.example:443, false, false",
        "http://a.example:443, a.example, false, false",
        "https://a.example:80, a.example, false, false",
        "http://a.example:8080, a.example:8080, false, true",
        "https://a.example:8080, a.example:8080, true, true",
        "http://a.example:8080, a.example:8081, false, false",
        "http://a.example:8080, a.example, false, false",
        "http://a.example, a.example:8080, false, false",
        "http://[::1]:8080, '[::1]:8080', false, true",
        "http://a.example, b.example, false, false",
        "http://a.example, a.example., false, false",
        "http://a.example, user@a.example, false, false",
        "http://a.example, '', false, false",
        "http://a.example, 'a.example, b.example', false, false",
        "ionic://localhost, localhost, false, false"
    })
    void aPageIsOfTheSiteWhoseHostAndPortItHas(String origin, String host, boolean https, boolean same) {
        assertThat(requireNonNull(Origin.parse(origin)).isSiteOf(host, https)).isEqualTo(same);
    }

    @Test
    void hostOfAPageHasAtMost253Characters() {
        String label = "a".repeat(62) + ".";
        assertThat(requireNonNull(Origin.parse("https://" + label.repeat(4) + "a"))
                        .canBeAPages())
                .isTrue();
        assertThat(requireNonNull(Origin.parse("https://" + label.repeat(4) + "aa"))
                        .canBeAPages())
                .isFalse();
    }
}
