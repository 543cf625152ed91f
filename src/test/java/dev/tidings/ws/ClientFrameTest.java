package dev.tidings.ws;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.http.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's frame says, member by member, with apostrophes for quotation marks. */
class ClientFrameTest {

    @ParameterizedTest
    @EnumSource(FrameType.class)
    void frameMayHaveTheMembersOfItsType(FrameType type) {
        String members = String.join("':null,'", type.members());
        assertThat(read("{'type':'" + type + "','ref':1,'" + members + "':null}")
                        .type())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1.5", "'r'", "''", "'é'"})
    void refIsAStringOrANumberAsTheClientWroteIt(String ref) {
        ClientFrame frame = read("{'type':'echo','ref':" + ref + "}");
        assertThat(frame.ref()).isEqualTo(ref.replace('\'', '"'));
        assertThat(frame.type()).isEqualTo(FrameType.ECHO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "[1]", "{}"})
    void refThatIsSomethingElseIsRefusedAndNotAnsweredWith(String ref) {
        ClientFrame frame = read("{'type':'echo','ref':" + ref + "}");
        assertThat(frame.ref()).isNull();
        assertRefused(frame, "ref");
    }

    @Test
    void refMayBeLeftOutOrNull() {
        assertThat(read("{'type':'echo'}").ref()).isNull();
        ClientFrame frame = read("{'type':'echo','ref':null}");
        assertThat(frame.ref()).isNull();
        assertThat(frame.type()).isEqualTo(FrameType.ECHO);
    }

    @Test
    void refHas255CharactersAtMost() {
        String longest = "'" + "x".repeat(253) + "'";
        assertThat(read("{'type':'echo','ref':" + longest + "}").ref()).hasSize(255);
        ClientFrame longer = read("{'type':'echo','ref':'x" + longest.substring(1) + "}");
        assertThat(longer.ref()).isNull();
        assertRefused(longer, "ref");
    }

    @ParameterizedTest
    @CsvSource({"'{\"type\":\"echo\",\"data\":\"\uD83D\"}', data", "'{\"type\":\"echo\",\"ref\":\"\uDE80\"}', ref"})
    void halfOfASurrogatePairIsRefused(String text, String member) {
        ClientFrame frame = ClientFrame.read(text);
        assertThat(frame.ref()).isNull();
        assertRefused(frame, member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "['\uD83D']",
                "['\uD83D','/a']",
                "[['\uDE80']]",
                "[['\uDE80'],'/a']",
                "[['\uDE80','a']]",
                "[[[],'\uDE80']]",
                "[{'\uD83D':1}]",
                "[{'a':[1,{}],'b':'\uD83D'}]",
            })
    void halfOfASurrogatePairIsRefusedHoweverDeepInAList(String topics) {
        assertRefused(read("{'type':'subscribe','topics':" + topics + "}"), "topics");
    }

    @Test
    void whatComesAfterAListIsReadWhateverIsInTheList() {
        ClientFrame frame =
                read("{'topics':['/a',[1,[2,{'b':[]}],true],{'c':{'d':null}},'\uD83D\uDE80',7],'type':'subscribe'}");
        assertThat(frame.type()).isEqualTo(FrameType.SUBSCRIBE);
        assertThat(requireNonNull(frame.member("topics")).items()).hasSize(5);
    }

    @Test
    void topicsAreAListOfStringsOrOne() {
        assertThat(read("{'topics':'/a'}").texts("topics")).containsExactly("/a");
        assertThat(read("{'topics':['/a','/b']}").texts("topics")).containsExactly("/a", "/b");
        for (String other : List.of("7", "[]", "[1]", "['/a',null]", "null", "{}")) {
            ClientFrame frame = read("{'topics':" + other + "}");
            assertThatThrownBy(() -> frame.texts("topics"))
                    .as(other)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageStartingWith("topics: ");
        }
        assertThatThrownBy(() -> read("{}").texts("topics")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void textIsAStringAndNothingElse() {
        assertThat(read("{'token':'x'}").text("token")).isEqualTo("x");
        assertThat(read("{'token':7}").text("token")).isNull();
        assertThat(read("{'token':null}").text("token")).isNull();
        assertThat(read("{}").text("token")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, 1.10, -0, 1e3] | [1,1.10,-0,1e3]",
                "{'a' : 'x'} | {'a':'x'}",
                "'é\\n' | 'é\\n'",
                "true | true",
                "null | null"
            })
    void memberIsCompactJsonWithItsNumbersAsTheyWereWritten(String given, String json) {
        assertThat(read("{'data':" + given + "}").member("data"))
                .extracting(JsonValue::json)
                .isEqualTo(json.replace('\'', '"'));
        assertThat(read("{}").member("data")).isNull();
    }

    private static void assertRefused(ClientFrame frame, String member) {
        assertThatThrownBy(frame::type)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith(member + ": ");
    }

    private static ClientFrame read(String frame) {
        return ClientFrame.read(frame.replace('\'', '"'));
    }
}
