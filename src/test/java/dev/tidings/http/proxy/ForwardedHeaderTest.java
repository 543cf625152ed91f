package dev.tidings.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedHeaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=192.0.2.1 | 192.0.2.1 - -",
                "For=192.0.2.1;PROTO=HTTPS;by=203.0.113.43;Host=a.example | 192.0.2.1 https a.example",
                "for=\"192.0.2.1:47011\" | 192.0.2.1 - -",
                "for=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe:0:0:0:0:17 - -",
                "for=192.0.2.1, for=198.51.100.17 | 192.0.2.1 - -; 198.51.100.17 - -",
                "for=192.0.2.1 ,\tfor=198.51.100.17 ; proto=http | 192.0.2.1 - -; 198.51.100.17 http -",
                "host=\"a.example:8443\" | - - a.example:8443",
                "for=\"192.0\\.2.1\" | 192.0.2.1 - -",
                "host=\"a\\\"\\\\b\" | - - -",
                "host=\"a;b,c=d\";proto=http | - http -",
                "for=unknown | - - -",
                "for=_gazonk;proto=https | - https -",
                "for=\"_gazonk:_port\" | - - -",
                "ext=1;for=192.0.2.1;other=\"x\" | 192.0.2.1 - -",
                ";for=192.0.2.1; | 192.0.2.1 - -",
                ",, for=192.0.2.1,, | 192.0.2.1 - -",
                "for=\"\" | - - -"
            })
    void eachHopIsReadAsTheStandardSays(String line, String hops) {
        assertThat(parse(line)).isEqualTo(hops);
    }

    @Test
    void severalLinesAreOneList() {
        assertThat(parse("for=192.0.2.1", "for=192.0.2.2, for=192.0.2.3"))
                .isEqualTo("192.0.2.1 - -; 192.0.2.2 - -; 192.0.2.3 - -");
        assertThat(ForwardedHeader.parse(List.of())).isEmpty();
        assertThat(ForwardedHeader.parse(List.of("", " , "))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "for",
                "for=",
                "=192.0.2.1",
                "for=192.0.2.1 proto=https",
                "for=2001:db8::1",
                "for=[2001:db8::1]",
                "for=192.0.2.1:80",
                "for= 192.0.2.1",
                "for =192.0.2.1",
                "for=\"192.0.2.1",
                "for=\"192.0.2.1\\\"",
                "for=\"192.0.2.1\"x",
                "for=192.0.2.1;for=192.0.2.2",
                "for=192.0.2.1;FOR=192.0.2.1",
                "for=192.0.2.1, nonsense",
                "for='192.0.2.1, for=\"",
                "for=192.0.2.1;host=<>"
            })
    void ofAMalformedLineNothingIsBelieved(String line) {
        assertThat(parse(line)).isEqualTo("- - -");
    }

    @Test
    void aMalformedLineDoesNotHideTheNextOne() {
        assertThat(parse("for=\"", "for=192.0.2.1")).isEqualTo("- - -; 192.0.2.1 - -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"for=\"\\", "for=", ";", ",", "a=b;", "a=\"b\\", "\\\"", "a"})
    void aLongLineIsReadInLinearTime(String part) {
        assertThat(ForwardedHeader.parse(List.of(part.repeat(20_000)))).isNotNull();
    }

    private static String parse(String... lines) {
        return ForwardedHeader.parse(Arrays.asList(lines)).stream()
                .map(hop -> or(hop.address() == null ? null : hop.address().getHostAddress()) + " " + or(hop.scheme())
                        + " " + or(hop.host()))
                .collect(Collectors.joining("; "));
    }

    private static String or(String text) {
        return text == null ? "-" : text;
    }
}
