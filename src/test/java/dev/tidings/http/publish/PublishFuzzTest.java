package dev.tidings.http.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.testing.Mutations;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever a publisher sends, it is published and answered 201, or refused with a reason and without an event. */
class PublishFuzzTest {

    private static final List<Integer> REFUSALS = List.of(400, 403, 413, 415);

    private static PublishingHub hub;

    @BeforeContainer
    static void start() {
        hub = new PublishingHub();
    }

    @AfterContainer
    static void stop() {
        hub.close();
    }

    @Provide
    Arbitrary<byte[]> forms() {
        return Mutations.of(
                "msg=hello&topic=/news&type=t&id=7&retry=3000&private=on",
                "data=a%0Ab&to=bob&to=carol",
                "msg=%F0%9F%9A%80+x",
                "topic=%2Fnews%2F1&topic=/news&msg=");
    }

    @Provide
    Arbitrary<byte[]> objects() {
        return Mutations.of(
                "{\"msg\":\"hello\",\"topic\":[\"/news\",\"/news/1\"],\"type\":\"t\",\"id\":\"7\",\"retry\":3000,\"private\":true}",
                "{\"data\":{\"a\":[1.10,null,{\"b\":\"\\u00e9\\ud83d\\ude80\"}]},\"to\":\"bob\"}",
                "{\"msg\":null}",
                "{\"msg\":1e5,\"to\":[7,\"bob\"],\"private\":0}");
    }

    @Provide
    Arbitrary<byte[]> lines() {
        return Mutations.of(
                "{\"msg\":\"a\",\"topic\":\"/news\"}\n{\"msg\":1.10}\n{\"id\":\"n\",\"to\":\"bob\"}\n",
                "\uFEFF\n\r\n{\"msg\":\"b\"}\r\n",
                "{\"msg\":\"c\",\"topic\":\"/other\"}\n{\"msg\":\"d\"}");
    }

    @Provide
    Arbitrary<byte[]> texts() {
        return Mutations.of("hello", "a\r\nb\n\nid: 7\n\ndata: x", "\uD83D\uDE80", "");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void formIsPublishedOrRefused(@ForAll("forms") byte[] body) {
        assertAnswered("application/x-www-form-urlencoded", body, "");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void jsonIsPublishedOrRefused(@ForAll("objects") byte[] body) {
        assertAnswered("application/json", body, "");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void linesArePublishedTogetherOrRefusedTogether(@ForAll("lines") byte[] body) {
        assertAnswered("application/x-ndjson", body, "");
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void textIsPublishedOrRefusedWhateverItsQuery(@ForAll("texts") byte[] body, @ForAll("forms") byte[] query) {
        // A client can send no other bytes than these in an address; the encoded ones may be of anything.
        String encoded = URLEncoder.encode(new String(query, ISO_8859_1), ISO_8859_1)
                .replace("%3D", "=")
                .replace("%26", "&");
        assertAnswered(
                "text/plain",
                body,
                "?" + (encoded.length() > 4_000 ? encoded.substring(0, 3_900) : encoded).replaceAll("%.?$", ""));
    }

    private static void assertAnswered(String type, byte[] body, String query) {
        long before = hub.published();
        HttpResponse<String> answer = hub.send(hub.to("/msg" + query)
                .header("Authorization", "Bearer " + PublishingHub.ALICE)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body)));
        JsonNode said = PublishingHub.json(answer.body());
        if (answer.statusCode() == 201) {
            int events = said.has("ids") ? said.path("ids").size() : 1;
            assertThat(hub.published() - before).isEqualTo(events);
            assertThat(hub.newest(events))
                    .allSatisfy(event -> assertThat(event.topics())
                            .allMatch(topic ->
                                    topic.startsWith("/news") || event.isPrivate() && topic.startsWith("/users/")));
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isIn(REFUSALS);
            assertThat(said.path("detail").asText()).isNotBlank();
            assertThat(answer.body()).hasSizeLessThan(4_000);
            assertThat(hub.published()).isEqualTo(before);
        }
    }
}
