package dev.tidings.container.ops;

import static dev.tidings.container.Requests.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.container.Streams;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.SocketClient;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Erased events are gone, and whoever resumes across one is told. */
class EraseIT {

    private static final String OPERATOR = authorization(Tokens.operator());
    private static final String SECRET = "4929-1234-5678-9012";

    @TempDir
    private Path folder;

    private final String user = Fresh.user();

    /** One of them has its log in memory. */
    @ParameterizedTest
    @EnumSource
    void whoResumesAcrossAnErasedEventIsToldIfItWasForThem(ContainerKind kind) {
        boolean inMemory = kind == ContainerKind.TOMCAT_10;
        ContainerSpec spec = ContainerSpec.of(kind).set("tidings.log", inMemory ? "memory:" : "file:" + file());
        try (Container hub = spec.start()) {
            Publisher operator = Publisher.to(hub);
            String before = operator.publish("/all", "before");
            operator.post(Publisher.FORM, "msg=" + SECRET + "&to=" + user);
            operator.post(Publisher.FORM, "msg=after&to=" + user);
            assertThat(replay(hub, "/events", user, before)).contains(SECRET);
            assertThat(erase(hub, "?id=" + idOf(hub, before))).isEqualTo("{\"erased\":1}\n");
            assertErased(hub, before);
            assertThat(erase(hub, "?user=" + user)).isEqualTo("{\"erased\":1}\n");
            assertThat(erase(hub, "?user=" + user)).isEqualTo("{\"erased\":0}\n");
        }
    }

    @Test
    void whatIsErasedStaysErasedAfterAKill() throws IOException {
        ContainerSpec spec = ContainerSpec.of(ContainerKind.JETTY).set("tidings.log", "file:" + file());
        String before;
        try (Container hub = spec.start()) {
            before = Publisher.to(hub).publish("/all", "before");
            Publisher.to(hub).post(Publisher.FORM, "msg=" + SECRET + "&to=" + user);
            assertThat(isInFile(SECRET)).isTrue();
            assertThat(erase(hub, "?user=" + user)).isEqualTo("{\"erased\":1}\n");
            hub.kill();
        }
        assertThat(isInFile(SECRET)).isFalse();
        assertThat(isInFile(user)).isFalse();
        try (Container hub = spec.start()) {
            Publisher.to(hub).post(Publisher.FORM, "msg=after&to=" + user);
            assertErased(hub, before);
        }
    }

    @Test
    void onlyAnOperatorErasesAndNothingByMistake() {
        try (Container hub = ContainerSpec.of(ContainerKind.JETTY).start()) {
            Publisher.to(hub).post(Publisher.FORM, "msg=kept&id=kept&to=" + user);
            String target = "/hub/events?user=" + user;
            assertProblem(Requests.send("DELETE", hub, target), 401);
            assertProblem(Site.send(hub, "DELETE", target, authorization(Tokens.user(user))), 403, "/hub");
            List<String> all = List.of("*");
            assertProblem(Site.send(hub, "DELETE", target, authorization(Tokens.grant("a", all, all))), 403, "/hub");
            Tokens reader = Tokens.grant("reader", List.of(), List.of("/hub/{+any}"));
            assertProblem(Site.send(hub, "DELETE", target, authorization(reader)), 403, "/hub");
            assertProblem(Site.send(hub, "GET", target, OPERATOR), 405);
            assertProblem(Site.send(hub, "POST", target, OPERATOR), 405);
            for (String query : List.of(
                    "",
                    "?user=",
                    "?id=",
                    "?user=" + user + "&id=kept",
                    "?user=" + user + "&user=other",
                    "?id=kept&id=other",
                    "?usr=" + user,
                    "?topic=/users/" + user,
                    "?user=" + user + "&topic=/a")) {
                assertProblem(Site.send(hub, "DELETE", "/hub/events" + query, OPERATOR), 400);
            }
            assertThat(erase(hub, "?id=unknown")).isEqualTo("{\"erased\":0}\n");
            assertThat(erase(hub, "?user=" + user)).isEqualTo("{\"erased\":1}\n");
        }
    }

    /** Strangers are told nothing, and clients of Mercure see no more than from the reference. */
    private void assertErased(Container hub, String before) {
        String mine = replay(hub, "/events", user, before);
        assertThat(mine).contains("event: gap").doesNotContain(SECRET);
        assertThat(mine.indexOf("event: gap")).isLessThan(mine.indexOf("data: after"));
        assertThat(replay(hub, "/events", Fresh.user(), before))
                .doesNotContain("event: gap")
                .doesNotContain(SECRET)
                .doesNotContain(user);
        String inbox = "/ws?topic=/users/" + user + "&lastEventID=" + Streams.encode(before);
        try (SocketClient socket = SocketClient.open(hub, inbox, Tokens.user(user))) {
            socket.next("welcome");
            socket.next("gap");
            assertThat(socket.next("event").path("data").textValue()).isEqualTo("after");
        }
        String mercure = replay(hub, "/.well-known/mercure", user, before);
        assertThat(mercure).contains("data: after").doesNotContain("gap").doesNotContain(SECRET);
    }

    /** What a user is sent after an id, up to an event that is published for all. */
    private static String replay(Container hub, String path, String user, String after) {
        String target = path + "?topic=/users/" + user + "&topic=/all";
        try (StreamRecorder stream =
                hub.stream(target).with(Tokens.user(user)).after(after).open()) {
            String last = Fresh.id();
            Publisher.to(hub).publish("/all", last);
            var sent = new StringBuilder();
            for (Block next = stream.next(); !last.equals(next.data()); next = stream.next()) {
                sent.append(String.join("\n", next.lines())).append("\n\n");
            }
            return sent.toString();
        }
    }

    /** The id of the event after that one. */
    private String idOf(Container hub, String before) {
        try (StreamRecorder stream = hub.stream("/events?topic=/users/" + user)
                .with(Tokens.user(user))
                .after(before)
                .open()) {
            return Streams.encode(String.valueOf(stream.next().id()));
        }
    }

    private static String erase(Container hub, String query) {
        Answer answer = Site.send(hub, "DELETE", "/hub/events" + query, OPERATOR);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private Path file() {
        return folder.resolve("log");
    }

    /** The log writes every bit of an event inverted. */
    private boolean isInFile(String text) throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        String plain = new String(bytes, ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return plain.contains(text) || new String(bytes, ISO_8859_1).contains(text);
    }

    private static String authorization(Tokens token) {
        return "Authorization: " + token.bearer();
    }
}
