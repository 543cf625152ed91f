package dev.tidings.http.proxy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 11.0.0.0",
        "192.168.1.64/26, 192.168.1.64, 192.168.1.127, 192.168.1.128",
        "192.0.2.1, 192.0.2.1, ::ffff:192.0.2.1, 192.0.2.2",
        "192.0.2.1/32, 192.0.2.1, 192.0.2.1, 192.0.2.0",
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255, ::1",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff::1, 2001:db9::",
        "::1, ::1, 0:0:0:0:0:0:0:1, 127.0.0.1",
        "::/0, ::1, 2001:db8::1, 127.0.0.1",
        "fe80::/10, fe80::1, febf::1, fec0::1"
    })
    void aBlockHasTheAddressesThatShareItsFirstBits(String text, String first, String last, String outside) {
        AddressRange range = AddressRange.parse(text);
        assertThat(contains(range, first)).isTrue();
        assertThat(contains(range, last)).isTrue();
        assertThat(contains(range, outside)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "proxy.example.com, neither an IP address nor a CIDR",
        "10.0.0/8, neither an IP address nor a CIDR",
        "/8, neither an IP address nor a CIDR",
        "10.0.0.0/33, a number from 0 to 32 follows",
        "10.0.0.0/, a number from 0 to 32 follows",
        "10.0.0.0/-1, a number from 0 to 32 follows",
        "10.0.0.0/8/8, a number from 0 to 32 follows",
        "10.0.0.0/255.0.0.0, a number from 0 to 32 follows",
        "::/129, a number from 0 to 128 follows",
        "10.1.0.0/8, bits set beyond the 8",
        "2001:db8::1/64, bits set beyond the 64"
    })
    void anythingElseIsRefusedWithItsFault(String text, String fault) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AddressRange.parse(text))
                .withMessageStartingWith("\"" + text + "\"")
                .withMessageContaining(fault);
    }

    private static boolean contains(AddressRange range, String address) {
        return range.contains(requireNonNull(IpLiteral.parse(address)));
    }
}
