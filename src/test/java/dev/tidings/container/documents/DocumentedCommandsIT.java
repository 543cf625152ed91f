package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.container.Fresh;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The commands with curl that documents have people copy get the answers that the documents promise. */
@EveryContainer(kinds = ContainerKind.TOMCAT_11)
class DocumentedCommandsIT {

    private final String user = Fresh.user();
    private final String token = Tokens.user(user).jwt();
    private final Container hub;

    DocumentedCommandsIT(Container hub) {
        this.hub = hub;
    }

    @Test
    void firstMinuteShowsTheBytesThatTheReadmeShows() {
        try (DocumentedProgram stream = run(CodeBlock.of("README.md", "The first minute", 2))) {
            stream.line("id: urn:uuid:.*");
            try (DocumentedProgram publish = run(CodeBlock.of("README.md", "The first minute", 3))) {
                assertThat(publish.line("\\{.*")).contains("\"id\":\"urn:uuid:").contains("/users/" + user);
            }
            stream.line("data: hello");
            assertThat(withoutIds(stream.output()))
                    .contains(withoutIds(CodeBlock.of("README.md", "The bytes a client receives")
                            .code()
                            .strip()));
        }
    }

    /** The README says so, since {@code mvn jetty:run} is a Jetty. */
    @Test
    void curlShowsOneMoreCommentAfterEachBlockOnJetty() {
        Container jetty = ContainerSpec.of(ContainerKind.JETTY).shared();
        String bytes = CodeBlock.of("README.md", "The bytes a client receives").code();
        try (DocumentedProgram stream = DocumentedProgram.run(
                CodeBlock.of("README.md", "The first minute", 2).at(jetty.uri()).as(token), Map.of())) {
            stream.line("id: urn:uuid:.*");
            Publisher.to(jetty).publish("/users/" + user, "hello");
            stream.line("data: hello");
            Eventually.passes(() -> assertThat(withoutIds(stream.output() + "\n"))
                    .isEqualTo(withoutIds(bytes.replace("\n\n", "\n\n:\n"))));
        }
    }

    @Test
    void streamBeginsWithTheBytesThatTheReferenceShows() {
        CodeBlock opening = CodeBlock.of("docs/http.md", "The bytes");
        try (StreamRecorder stream = Streams.open(hub, Fresh.topic())) {
            assertThat(withoutIds(Streams.text(stream))).isEqualTo(withoutIds(opening.code()));
        }
    }

    @Test
    void operatorReadsAndWatchesTheNodes() {
        String reader = Tokens.grant("root", List.of(), List.of("/hub/{+any}")).jwt();
        try (DocumentedProgram list = DocumentedProgram.run(
                        CodeBlock.of("docs/monitoring.md", "Nodes")
                                .at(hub.uri())
                                .as(reader),
                        Map.of());
                DocumentedProgram stream = DocumentedProgram.run(
                        CodeBlock.of("docs/monitoring.md", "Nodes", 2)
                                .at(hub.uri())
                                .as(reader),
                        Map.of())) {
            assertThat(list.line("\\[.*")).contains("\"state\":\"ready\"");
            stream.line("event: node.figures");
            assertThat(stream.line("data: .*")).contains("\"seconds\":");
        }
    }

    @Test
    void operatorSeesWhatIsGoingOn() {
        CodeBlock topics = CodeBlock.of("docs/http.md", "`GET /hub/topics`: what is going on");
        Publisher.to(hub).publish("/users/" + user, "hello");
        String operator = Tokens.operator().jwt();
        try (DocumentedProgram curl = DocumentedProgram.run(topics.at(hub.uri()).as(operator), Map.of())) {
            assertThat(curl.awaitEnd()).contains("\"topics\":[{\"topic\":", "\"unread\":0");
        }
    }

    @Test
    void operatorAsksWhyAndErases() {
        String operator = Tokens.operator().jwt();
        CodeBlock explain = CodeBlock.of("docs/http.md", "`GET /hub/explain`: why a user got an event, or did not")
                .with("user=alice", "user=" + user);
        CodeBlock erase = CodeBlock.of("docs/http.md", "`DELETE /hub/events`: erase events")
                .with("user=alice", "user=" + user);
        try (StreamRecorder stream =
                        Streams.open(hub.stream(Streams.events("/orders/{id}")).with(Tokens.user(user)));
                DocumentedProgram why =
                        DocumentedProgram.run(explain.at(hub.uri()).as(operator), Map.of())) {
            assertThat(why.awaitEnd()).contains("\"verdict\":\"delivered\"", "\"asked\":[\"/orders/{id}\"]");
            stream.cut();
        }
        Publisher.to(hub).publish("/users/" + user, "secret");
        try (DocumentedProgram curl = DocumentedProgram.run(erase.at(hub.uri()).as(operator), Map.of())) {
            assertThat(curl.awaitEnd()).contains("{\"erased\":1}");
        }
    }

    @Test
    void backEndPublishesToAUser() {
        CodeBlock block = CodeBlock.of("README.md", "Your back end", 2).with("to=alice", "to=" + user);
        String operator = Tokens.operator().jwt();
        try (StreamRecorder inbox = Streams.open(hub, "/users/" + user);
                DocumentedProgram curl =
                        DocumentedProgram.run(block.at(hub.uri()).as(operator), Map.of())) {
            assertThat(inbox.next().data()).isEqualTo("Your report is ready");
            assertThat(curl.awaitEnd()).contains("\"topics\":[\"/users/" + user + "\"]");
        }
    }

    @Test
    void ticketOpensAStream() {
        String heading = "`POST /tickets`: a ticket for a token";
        String ticket;
        try (DocumentedProgram curl = run(CodeBlock.of("docs/http.md", heading))) {
            String answer = curl.line("\\{.*");
            assertThat(answer).contains("\"expires\":");
            ticket = answer.replaceAll(".*\"ticket\":\"([^\"]*)\".*", "$1");
        }
        try (DocumentedProgram stream =
                run(CodeBlock.of("docs/http.md", heading, 2).with("AZ…", ticket))) {
            stream.line("id: urn:uuid:.*");
        }
    }

    @Test
    void operatorRevokesTheTokensOfAUserAndTakesThatBack() {
        String operator = Tokens.operator().jwt();
        CodeBlock revoke = CodeBlock.of("docs/tokens.md", "Revoke tokens").with("user=alice", "user=" + user);
        CodeBlock withdraw = CodeBlock.of("docs/tokens.md", "Revoke tokens", 2);
        String id;
        try (DocumentedProgram curl = DocumentedProgram.run(revoke.at(hub.uri()).as(operator), Map.of())) {
            id = curl.line("\\{.*").replaceAll(".*\"id\":\"([^\"]*)\".*", "$1");
        }
        assertThat(Requests.get(hub, "/token", "Authorization: Bearer " + token).body())
                .contains("the token was revoked");
        try (DocumentedProgram curl =
                DocumentedProgram.run(withdraw.with("y8wq…", id).at(hub.uri()).as(operator), Map.of())) {
            assertThat(curl.awaitEnd()).doesNotContain("\"status\"");
        }
        assertThat(Requests.get(hub, "/token", "Authorization: Bearer " + token).status())
                .isEqualTo(200);
    }

    @Test
    void troubleshootingShowsStatusAndReason() {
        CodeBlock ask = CodeBlock.of("docs/troubleshooting.md", "Troubleshooting");
        try (DocumentedProgram good = run(ask)) {
            good.line("HTTP/1.1 200 *");
            good.line("id: urn:uuid:.*");
        }
        String expired = Tokens.user(user).expiring(Duration.ofMinutes(-3)).jwt();
        try (DocumentedProgram bad = DocumentedProgram.run(ask.at(hub.uri()).as(expired), Map.of())) {
            assertThat(bad.awaitEnd()).contains("HTTP/1.1 401").contains("expired 3 minutes ago");
        }
    }

    @Test
    void readinessNamesWhatIsMissing() {
        Container unconfigured = ContainerSpec.of(ContainerKind.TOMCAT_11)
                .under("/tidings")
                .without("tidings.jwt.key")
                .shared();
        CodeBlock ready = CodeBlock.of("docs/troubleshooting.md", "The hub is not ready");
        try (DocumentedProgram curl = DocumentedProgram.run(ready.at(unconfigured.uri()), Map.of())) {
            assertThat(curl.awaitEnd()).contains("reason").contains("tidings.jwt.key");
        }
    }

    @Test
    void nodeDrains() {
        String operator =
                Tokens.grant("root", List.of("/hub/{+any}"), List.of()).bearer().substring("Bearer ".length());
        try (Container drained = ContainerSpec.of(ContainerKind.JETTY).start();
                DocumentedProgram curl = DocumentedProgram.run(
                        CodeBlock.of("docs/deployment.md", "Drain")
                                .at(drained.uri())
                                .as(operator),
                        Map.of())) {
            assertThat(curl.awaitEnd()).contains("202").contains("{\"node\":");
        }
    }

    @Test
    void loginSetsTheCookie() {
        try (DocumentedProgram curl = run(CodeBlock.of("docs/http.md", "`/login`, `/logout`"))) {
            assertThat(curl.awaitEnd()).contains("303").containsPattern("(?i)set-cookie: mercureAuthorization=");
        }
    }

    @Test
    void tokenIsExplained() {
        try (DocumentedProgram curl = run(CodeBlock.of("docs/tokens.md", "What a token says", 2))) {
            assertThat(curl.awaitEnd()).contains("\"" + user + "\"").contains("/users/" + user);
        }
    }

    @Test
    void mercureStreamShowsWhatIsPublished() {
        String operator = Tokens.operator().jwt();
        CodeBlock read =
                CodeBlock.of("docs/mercure.md", "Mercure").at(hub.uri()).as(operator);
        CodeBlock publish =
                CodeBlock.of("docs/mercure.md", "Mercure", 2).at(hub.uri()).as(operator);
        try (DocumentedProgram stream = DocumentedProgram.run(read, Map.of())) {
            stream.line(":");
            try (DocumentedProgram curl = DocumentedProgram.run(publish, Map.of())) {
                assertThat(curl.awaitEnd()).contains("urn:uuid:");
            }
            stream.line("data: 12 euros");
        }
    }

    @Test
    void feedShowsTheTime() {
        Container demo = ContainerSpec.of(ContainerKind.JETTY)
                .demo()
                .set("tidings.retry", "200ms")
                .shared();
        CodeBlock clock = CodeBlock.of("docs/feeds.md", "Feeds: what people use events for");
        try (DocumentedProgram curl = DocumentedProgram.run(clock.at(demo.uri()), Map.of())) {
            curl.line("data: \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");
        }
    }

    @Test
    void benchmarksTokenMayPublishItsEvents() throws Exception {
        CodeBlock claims = CodeBlock.of("docs/benchmark.md", "Benchmark", 3);
        Map<?, ?> mercure = (Map<?, ?>)
                new ObjectMapper().readValue(claims.code(), Map.class).get("mercure");
        Tokens bench = Tokens.anyone().claim("mercure", mercure);
        Publisher.to(hub, bench).publish("/bench/7", "x");
    }

    @Test
    void pageOfAListedOriginMayReadAnswers() {
        CodeBlock setting = CodeBlock.of("docs/troubleshooting.md", "Another origin");
        Container listed = ContainerSpec.of(ContainerKind.TOMCAT_11)
                .under("/tidings")
                .set("tidings.anonymous", "true")
                .set("tidings.node", "node-7")
                .set("tidings.proxies", "127.0.0.0/8")
                .set("tidings.cors.origins", setting.properties().get("tidings.cors.origins"))
                .set("tidings.publish.origins", "https://app.example.com")
                .set("tidings.heartbeat", "500ms")
                .set("tidings.outbox.bytes", "64KiB")
                .shared();
        assertThat(Requests.get(listed, "/health", "Origin: https://app.example.com")
                        .header("Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example.com");
    }

    private DocumentedProgram run(CodeBlock block) {
        return DocumentedProgram.run(block.at(hub.uri()).about(Fresh.topic()).as(token), Map.of());
    }

    private static String withoutIds(String bytes) {
        return Pattern.compile("urn:uuid:[0-9a-f-]+").matcher(bytes).replaceAll("ID");
    }
}
