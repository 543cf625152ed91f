package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that were read beforehand, as those of a WebSocket's frame, with apostrophes for quotation marks. */
class JsonFieldsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'topic':['/a','/b'],'msg':'x'}",
                "{'to':['a',7,1.5],'data':[1,{'b':[]}]}",
                "{'to':'a','id':'i','event':'t','retry':5,'private':true}",
                "{'to':[],'msg':'x'}",
                "{'to':[null],'msg':'x'}",
                "{'to':['a',true],'msg':'x'}",
                "{'topic':['/a',['/b']],'msg':'x'}",
                "{'topic':{},'msg':'x'}",
                "{'topic':null,'to':null,'msg':null}",
                "{'msg':['a']}",
                "{'id':['a']}",
            })
    void membersMakeTheEventThatTheirTextMakes(String text) {
        String json = text.replace('\'', '"');
        assertThat(outcome(() -> JsonFields.of(StrictJson.members("An event", json, Set.of("to", "topic")))))
                .isEqualTo(outcome(() -> JsonFields.of(json)));
    }

    @Test
    void listsOfMembersAreTakenItemByItem() {
        var members = StrictJson.members("An event", "{\"topic\":[\"/a\",\"/b\"],\"msg\":[1]}", Set.of("to", "topic"));
        var request = JsonFields.of(members).build(null, 100);
        assertThat(request.topics()).containsExactly("/a", "/b");
        assertThat(request.data()).isEqualTo("[1]");
    }

    private static String outcome(Supplier<PublishFields> fields) {
        try {
            return fields.get().build("alice", 100).toString();
        } catch (InvalidRequestException refusal) {
            return refusal.getMessage();
        }
    }
}
