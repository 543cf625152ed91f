package dev.tidings.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://host | redis://host:6379/0",
                "redis://host/ | redis://host:6379/0",
                "redis://host:1234/15 | redis://host:1234/15",
                "redis://10.0.0.1,10.0.0.2:7000 | redis://10.0.0.1:6379,10.0.0.2:7000/0",
                "redis://[2001:db8::1],[::1]:7000/1 | redis://[2001:db8::1]:6379,[::1]:7000/1",
                "rediss://my-redis_1.example.com:65535 | rediss://my-redis_1.example.com:65535/0",
                "redis://:secret@host | redis://:***@host:6379/0",
                "redis://user:secret@host:6379/0 | redis://user:***@host:6379/0",
                "redis+sentinel://h1/hub | redis+sentinel://h1:26379/hub/0",
                "redis+sentinel://u:secret@h1,h2:1,h3/hub/2 | redis+sentinel://u:***@h1:26379,h2:1,h3:26379/hub/2"
            })
    void addressIsShownInFullAndWithoutItsPassword(String text, String shown) {
        assertThat(RedisAddress.parse(text)).hasToString(shown);
    }

    @Test
    void onlyRedissIsOverTls() {
        assertThat(RedisAddress.parse("rediss://host").isTls()).isTrue();
        assertThat(RedisAddress.parse("redis://host").isTls()).isFalse();
        assertThat(RedisAddress.parse("redis+sentinel://host/hub").isTls()).isFalse();
    }

    @Test
    void userPasswordAndMasterArePercentDecoded() {
        RedisAddress address = RedisAddress.parse("redis+sentinel://a%40b:p%2F%3A%23%25%C3%A9+:@host/my%20hub");
        assertThat(address.user()).isEqualTo("a@b");
        assertThat(address.password()).isEqualTo("p/:#%é+:");
        assertThat(address.master()).isEqualTo("my hub");
    }

    @Test
    void addressWithoutUserHasNone() {
        RedisAddress address = RedisAddress.parse("redis://:secret@host");
        assertThat(address.user()).isNull();
        assertThat(address.password()).isEqualTo("secret");
        assertThat(RedisAddress.parse("redis://host").password()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory: | does not begin with redis://, rediss:// or redis+sentinel://",
                "redis:SECRET@host | does not begin with redis://, rediss:// or redis+sentinel://",
                "redis:/:SECRET@host | does not begin with redis://, rediss:// or redis+sentinel://",
                "REDIS://host | does not begin with redis://, rediss:// or redis+sentinel://",
                "redis:// | has a host that is neither a name nor an IPv4 address nor an IPv6 address in brackets",
                "redis://h1,,h2 | has a host that is neither a name nor an IPv4 address nor an IPv6 address in brackets",
                "redis://::1 | has a host that is neither a name nor an IPv4 address nor an IPv6 address in brackets",
                "redis://h1 h2 | has a host that is neither a name nor an IPv4 address nor an IPv6 address in brackets",
                "redis://host?password=SECRET | has a host that is neither a name nor an IPv4 address nor an IPv6 address"
                        + " in brackets",
                "redis://:SECRET | has a host that is neither a name nor an IPv4 address nor an IPv6 address in brackets",
                "redis://host: | has a port that is not a number from 1 to 65535",
                "redis://host:0 | has a port that is not a number from 1 to 65535",
                "redis://host:65536 | has a port that is not a number from 1 to 65535",
                "redis://user:SECRET | has a port that is not a number from 1 to 65535",
                "redis://host:6379?password=SECRET | has a port that is not a number from 1 to 65535",
                "redis://user@host | has no password before the @: write user:password@, or :password@",
                "redis://user:@host | has no password before the @: write user:password@, or :password@",
                "redis://@host | has no password before the @: write user:password@, or :password@",
                "redis://:SECRET@SECRET@host | has a user or password with @, /, ? or # in it: write %40, %2F, %3F or"
                        + " %23 instead",
                "redis://:SECRET/SECRET@host | has a user or password with @, /, ? or # in it: write %40, %2F, %3F or"
                        + " %23 instead",
                "redis://:SECRET?SECRET@host | has a user or password with @, /, ? or # in it: write %40, %2F, %3F or"
                        + " %23 instead",
                "redis://:SECRET#SECRET@host | has a user or password with @, /, ? or # in it: write %40, %2F, %3F or"
                        + " %23 instead",
                "redis://:SECRET%@host | has a % without two hexadecimal digits behind it: write %25",
                "redis://:%SECRET@host | has a % without two hexadecimal digits behind it: write %25",
                "redis://:SECRET%zz@host | has a % without two hexadecimal digits behind it: write %25",
                "redis://host/one | does not end with the number of a database, as in /0",
                "redis://host/-1 | does not end with the number of a database, as in /0",
                "redis://host/0/ | does not end with the number of a database, as in /0",
                "redis://host/0?password=SECRET | does not end with the number of a database, as in /0",
                "redis://:SECRET/0 | has a host that is neither a name nor an IPv4 address nor an IPv6 address in brackets",
                "redis+sentinel://host | does not end with the name that sentinels know, as in /mymaster",
                "redis+sentinel://host/ | does not end with the name that sentinels know, as in /mymaster",
                "redis+sentinel://host/?x=SECRET | does not end with the name that sentinels know, as in /mymaster",
                "redis+sentinel://host/hub/one | does not end with the number of a database, as in /0"
            })
    void badAddressIsRefusedInASentence(String text, String sentence) {
        assertThat(fault(text)).hasMessage(sentence);
    }

    /** Neither its message nor that of a cause: a stack trace may stand in a log. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis:SECRET@host",
                "redis://:SECRET",
                "redis://user:SECRET",
                "redis://:SECRET@SECRET@host",
                "redis://:SECRET/SECRET@host",
                "redis://:SECRET#SECRET",
                "redis://:%SECRET@host",
                "redis://host/SECRET",
                "redis://host:SECRET/",
                "redis+sentinel://SECRET:SECRET:host"
            })
    void faultShowsNothingOfAMistypedAddress(String text) {
        var trace = new StringWriter();
        fault(text).printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).doesNotContain("SECRET");
    }

    private static IllegalArgumentException fault(String text) {
        IllegalArgumentException fault =
                catchThrowableOfType(IllegalArgumentException.class, () -> RedisAddress.parse(text));
        assertThat(fault).as("what is said of %s", text).isNotNull();
        return fault;
    }
}
