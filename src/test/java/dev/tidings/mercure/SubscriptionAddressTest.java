package dev.tidings.mercure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.Problem;
import dev.tidings.testing.PlainRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionAddressTest {

    private static final String ALL = "/.well-known/mercure/subscriptions";

    /** A request for an address below the context {@code /hub}. */
    private static final class Request extends HttpServletRequestWrapper {

        private final String path;
        private final @Nullable String query;

        Request(String address) {
            super(new PlainRequest());
            int mark = address.indexOf('?');
            path = mark < 0 ? address : address.substring(0, mark);
            query = mark < 0 ? null : address.substring(mark + 1);
        }

        @Override
        public String getContextPath() {
            return "/hub";
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public @Nullable String getQueryString() {
            return query;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', , ",
        "?x=y, , ",
        "/a, a, ",
        "/a%2Fb+c, a/b+c, ",
        "/%2Fa%2F%7Bx%7D/urn%3Auuid%3A7, /a/{x}, urn:uuid:7",
        "/a/urn:uuid:7, a, urn:uuid:7",
        "?topic=a, a, ",
        "?topic=/a/b+c&subscriber=urn:uuid:7, /a/b c, urn:uuid:7",
        "/a?topic=b, a, "
    })
    void addressNamesATopicAndASubscriberInItsPathOrItsQuery(String rest, String topic, String subscriber) {
        assertThat(of("/hub" + ALL + rest)).isEqualTo(new SubscriptionAddress(topic, subscriber));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "/a/", "//b", "/a/b/c", "/a/b/", "x", "x/a"})
    void anyOtherPathIsNone(String rest) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> of("/hub" + ALL + rest))
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(404));
    }

    @Test
    void pathOfAnotherContextIsNone() {
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> of(ALL));
        assertThatExceptionOfType(Problem.class).isThrownBy(() -> of("/other" + ALL + "/a"));
    }

    @Test
    void subscriberAloneIsNoAddress() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> of("/hub" + ALL + "?subscriber=urn:uuid:7"))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("topic"));
    }

    @Test
    void whatIsMalformedIsRefused() {
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> of("/hub" + ALL + "/%zz"));
        assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> of("/hub" + ALL + "/a/%ff"));
    }

    @Test
    void pathIsWhatItsTemplateExpandsTo() {
        assertThat(new SubscriptionAddress(null, null).path()).isEqualTo(ALL);
        assertThat(new SubscriptionAddress("/a b", null).path()).isEqualTo(ALL + "/%2Fa%20b");
        assertThat(new SubscriptionAddress("/a", "urn:uuid:7").path()).isEqualTo(ALL + "/%2Fa/urn%3Auuid%3A7");
    }

    @Test
    void grantsMayNameASubscriberByItsIdAsItIs() {
        assertThat(new SubscriptionAddress(null, null).topics()).containsExactly(ALL);
        assertThat(new SubscriptionAddress("/a", null).topics()).containsExactly(ALL + "/%2Fa");
        assertThat(new SubscriptionAddress("/a", "urn:uuid:7").topics())
                .containsExactly(ALL + "/%2Fa/urn%3Auuid%3A7", ALL + "/%2Fa/urn:uuid:7");
    }

    private static SubscriptionAddress of(String address) {
        return SubscriptionAddress.of(new Request(address));
    }
}
