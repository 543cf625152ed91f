package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.InvalidRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationRequestTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void userIsRevokedBeforeNowAndForADayIfNothingElseIsSaid() {
        Revocation read = RevocationRequest.read(Map.of("user", "alice", "jti", "", "before", ""), NOW);
        assertThat(read.user()).isEqualTo("alice");
        assertThat(read.jti()).isNull();
        assertThat(read.before()).isEqualTo(NOW);
        assertThat(read.until()).isEqualTo(NOW.plus(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-02-01T12:00:00Z", "2026-02-01T13:00:00+01:00", "1769947200", "1769947200.0", "1.7699472e9"
            })
    void timesAreInstantsOrNumericDates(String text) {
        Revocation read = RevocationRequest.read(Map.of("jti", "t1", "until", text), NOW);
        assertThat(read.until()).isEqualTo(Instant.parse("2026-02-01T12:00:00Z"));
        assertThat(read.before()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "jti,       '',      '',     '',     jti",
        "jti,       t1,      alice,  '',     user",
        "before,    t1,      '',     1,      before",
        "until,     t1,      '',     past,   until",
        "until,     t1,      '',     far,    until",
        "until,     t1,      '',     soon,   until",
        "until,     t1,      '',     1769947200000, until",
        "who,       t1,      '',     x,      who"
    })
    void whatIsWrongIsNamed(String field, String jti, String user, String value, String named) {
        String text = switch (value) {
            case "past" -> NOW.toString();
            case "far" -> NOW.plus(Duration.ofDays(367)).toString();
            default -> value;
        };
        Map<String, String> fields =
                field.equals("jti") ? Map.of("jti", jti, "user", user) : Map.of("jti", jti, "user", user, field, text);
        assertThatThrownBy(() -> RevocationRequest.read(fields, NOW))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.field()).isEqualTo(named));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u0085", "\ud800"})
    void nameThatNoTokenShouldHaveIsRefused(String name) {
        assertThatThrownBy(() -> RevocationRequest.read(Map.of("user", name), NOW))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> RevocationRequest.read(Map.of("jti", "x".repeat(256)), NOW))
                .isInstanceOf(InvalidRequestException.class);
    }
}
