package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example, true",
        "https://a.example:443, https://a.example, true",
        "HTTPS://A.example, https://a.example, true",
        "http://localhost:3000, http://localhost:3000, true",
        "https://a.example, http://a.example, false",
        "https://a.example, https://a.example:8443, false",
        "https://a.example, https://b.a.example, false",
        "https://a.example, https://a.example.evil.com, false",
        "https://a.example, https://evila.example, false",
        "https://a.example, null, false",
        "https://a.example, https://user@a.example, false",
        "https://*.example.com, https://a.example.com, true",
        "https://*.example.com, https://a.b.example.com, true",
        "https://*.example.com, https://example.com, false",
        "https://*.example.com, https://evil-example.com, false",
        "https://*.example.com, https://.example.com, false",
        "https://*.example.com, https://a.example.com.evil.com, false",
        "https://*.example.com, http://a.example.com, false",
        "https://*.example.com, https://a.example.com:8443, false",
        "https://*.example.com:8443, https://a.example.com:8443, true",
        "https://*.example.com:8443, https://a.example.com, false",
        "http://192.0.2.1:65535, http://192.0.2.1:65535, true",
        "http://[::1]:8080, http://[::1]:8080, true",
        "https://1a.example, https://1a.example, true",
        "capacitor://localhost, capacitor://localhost, true",
        "chrome-extension://abcdefgh, chrome-extension://abcdefgh, true",
        "'null', 'null', true",
        "'null', '', false",
        "'null', nonsense, false",
        "*, https://a.example, false",
        "*, 'null', false"
    })
    void anOriginIsListedByItselfOrWithItsDomain(String listed, String origin, boolean included) {
        assertThat(new AllowedOrigins(List.of(listed)).includes(origin)).isEqualTo(included);
    }

    @Test
    void noneIsListedByDefault() {
        var none = new AllowedOrigins(List.of());
        assertThat(none.includes("https://a.example")).isFalse();
        assertThat(none.includes("null")).isFalse();
        assertThat(none.includesEverybody()).isFalse();
    }

    @Test
    void onlyTheAsteriskIsEverybody() {
        assertThat(new AllowedOrigins(List.of("https://a", "*")).includesEverybody())
                .isTrue();
        assertThat(new AllowedOrigins(List.of("https://*.a", "null")).includesEverybody())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "https://example.com/",
                "https://example.com/app",
                "https://*",
                "https://*.",
                "https://*.*.example.com",
                "https://a*.example.com",
                "*.example.com",
                "https://user@example.com",
                "Null",
                "https://example.com:*",
                "**",
                "ftp://x",
                "ws://example.com",
                "wss://example.com",
                "file://",
                "file://x",
                "https://example.com:0",
                "https://example.com:65536",
                "https://example.com:99999",
                "https://[::::]",
                "http://256.1.1.1",
                "http://1.2.3",
                "http://127.1",
                "https://*.192.0.2.1",
                "https://*.[::1]",
                "ftp://*.example.com",
                "https://*.example.com:99999"
            })
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AllowedOrigins(List.of("https://a", text)))
                .withMessageStartingWith("\"" + text + "\" is no origin that a browser sends. Write")
                .withMessageContaining("https://*.example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://a.example",
        "https://a.b.example, https://*.b.example",
        "https://*.b.example, https://*.b.example",
        "https://*.a.b.example, https://*.b.example"
    })
    void whoPublishesIsListedAmongThoseWhoRead(String publishing, String reading) {
        AllowedOrigins readers = new AllowedOrigins(List.of("https://other", reading));
        assertThat(AllowedOrigins.publishing(List.of(publishing), readers)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example, https://b.example",
        "https://a.example, http://a.example",
        "https://a.example, *",
        "https://b.example, https://*.b.example",
        "https://*.b.example, https://b.example",
        "https://*.b.example, https://a.b.example",
        "https://*.b.example, https://*.a.b.example",
        "https://*.b.example, *"
    })
    void whoPublishesAndMayNotReadIsRefused(String publishing, String reading) {
        AllowedOrigins readers = new AllowedOrigins(List.of(reading));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedOrigins.publishing(List.of(publishing), readers))
                .withMessageStartingWith(publishing + " is not in tidings.cors.origins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "null"})
    void nobodyInParticularMayPublish(String publishing) {
        AllowedOrigins readers = new AllowedOrigins(List.of("*", "null"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowedOrigins.publishing(List.of(publishing), readers))
                .withMessageContaining("would let any page publish");
    }
}
