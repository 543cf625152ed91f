package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.InvalidRequestException;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a=1&b=2 => a:1 b:2",
                "b=2&a=1&b=3 => b:2 a:1 b:3",
                "a=x%20y+z => a:x y z",
                "a=%2B%26%3D%25 => a:+&=%",
                "a=1=2 => a:1=2",
                "a=h%C3%A9llo => a:héllo",
                "a=héllo => a:héllo",
                "a=é%C3%A9+ => a:éé ",
                "a=%f0%9F%98%80 => a:😀",
                "a=%00 => a:\0",
                "private => private:",
                "private= => private:",
                "=x => :x",
                "&&a=1&& => a:1",
                "na%6De=1 => name:1",
                "topic=/books/{id} => topic:/books/{id}",
            })
    void pairsComeDecodedAndInOrder(String raw, String pairs) {
        assertThat(text(Query.parse(raw))).isEqualTo(pairs);
    }

    @Test
    void noQueryAndAnEmptyOneHoldNothing() {
        assertThat(Query.parse(null)).isEmpty();
        assertThat(Query.parse("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "a=%,            a,     \"%\"",
        "a=%4,           a,     \"%4\"",
        "a=%zz,          a,     \"%zz\"",
        "a=1&b=x%4gy,    b,     \"%4g\"",
        "a=100%,         a,     \"%\"",
        "a=%u00e9,       a,     \"%u0\"",
        "a=%-1,          a,     \"%-1\"",
        "%zz=1,          query, \"%zz\"",
        "a=%C3,          a,     malformed at byte 1",
        "a=ok%C3%28,     a,     malformed at byte 3",
        "a=%FF,          a,     malformed at byte 1",
        "a=%C0%80,       a,     malformed at byte 1",
        "a=%ED%A0%80,    a,     malformed at byte 1",
        "a=%F4%90%80%80, a,     malformed at byte 1",
        "%C3=1,          query, malformed at byte 1",
    })
    void whatIsMalformedIsRefusedByName(String raw, String field, String cause) {
        assertThatThrownBy(() -> Query.parse(raw))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field))
                .hasMessageStartingWith(field + ": ")
                .hasMessageContaining(cause);
    }

    /** A stream lasts for hours, and so does its request. */
    @Test
    void queryOfARequestIsParsedOnceAndForgottenWhenItIsToldSo() {
        var request = new HttpServletRequestWrapper(new HeldRequest()) {
            @Override
            public String getQueryString() {
                return "a=1";
            }
        };
        Query query = Query.of(request);
        assertThat(text(query)).isEqualTo("a:1");
        assertThat(Query.of(request)).isSameAs(query);
        Query.forget(request);
        assertThat(Query.of(request)).isNotSameAs(query);
    }

    @Test
    void bytesThatTheContainerCouldNotDecodeAreRefused() {
        assertThatThrownBy(() -> Query.parse("a=h\uFFFD")).hasMessageStartingWith("query: It is not UTF-8");
        assertThatThrownBy(() -> Query.parse("\uFFFD=a")).hasMessageStartingWith("query: It is not UTF-8");
        assertThat(text(Query.parse("a=%EF%BF%BD"))).isEqualTo("a:\uFFFD");
        assertThat(text(Query.parseForm("a=\uFFFD"))).isEqualTo("a:\uFFFD");
    }

    @Test
    void partOfAPathIsDecodedAndItsPlusStays() {
        assertThat(Query.ofPath("a%2Fb+c")).isEqualTo("a/b+c");
    }

    @Test
    void aFaultInANameOfAFormIsTheBodys() {
        assertThatThrownBy(() -> Query.parseForm("%zz=1")).hasMessageStartingWith("body: ");
    }

    @Test
    void valuesOfOneNameAreFoundInOrder() {
        Query query = Query.parse("to=a&x=1&to=b&to=");

        assertThat(query.all("to")).containsExactly("a", "b", "");
        assertThat(query.first("to")).isEqualTo("a");
        assertThat(query.all("none")).isEmpty();
        assertThat(query.first("none")).isNull();
    }

    @Test
    void namesCanBeLeftOut() {
        assertThat(text(Query.parse("a=1&token=t&b=2&token=u").without(Set.of("token"))))
                .isEqualTo("a:1 b:2");
    }

    @Test
    void thereMayBeOnlySoManyPairs() {
        String most = "a=1&".repeat(Query.MAX_PAIRS);

        assertThat(Query.parse(most)).hasSize(Query.MAX_PAIRS);
        assertThatThrownBy(() -> Query.parse(most + "a=1"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("query: There are more than 2000 fields.");
    }

    private static String text(Query query) {
        return StreamSupport.stream(query.spliterator(), false)
                .map(pair -> pair.name() + ":" + pair.value())
                .collect(Collectors.joining(" "));
    }
}
