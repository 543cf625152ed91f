package dev.tidings.container.web;

import static dev.tidings.container.Streams.encode;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OpenApi.Operation;
import dev.tidings.testing.StreamRecorder;
import dev.tidings.testing.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The running hub answers as openapi.yaml says: each method of each address, when all is well and when it refuses. What
 * the description gives as examples, it takes. Over 300 lines: it is one walk through one document.
 */
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class DescribedAnswersIT {

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String JSON = "Content-Type: application/json";
    private static final String LINES = "Content-Type: application/x-ndjson";
    private static final String TEXT = "Content-Type: text/plain";
    private static final String OPERATOR = "Authorization: " + Tokens.operator().bearer();
    private static final String BAD = "Authorization: Bearer bad";

    /** 1 MiB is the most. */
    private static final String TOO_LONG = "Content-Length: 104857600";

    /** Which other test shows a status that takes a hub in another state. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "408 .*", "MissingBodiesIT: the body does not come",
            "429 .*", "TemplateLimitIT: too many templates; MissingBodiesIT: too many bodies",
            "202 .*", "DrainIT: a hub that drains",
            "501 .*", "WithoutWebSocketsTest: a container without WebSockets",
            "503 .*", "DescribedUnavailableIT: a hub without a key",
            "413 GET /msg", "with its own tidings.limit.event-size: an address has at most 8 KiB",
            "20\\d .* /(feeds.*|say)", "DescribedDemoIT: a hub in demo mode");

    private final Container container;
    private final DescribedHub hub;
    private final String user = Fresh.user();
    private final String modest = "Authorization: " + Tokens.user(user).bearer();

    DescribedAnswersIT(Container container) {
        this.container = container;
        this.hub = new DescribedHub(container);
    }

    @Test
    void everyStatusThatIsListedIsGiven() {
        streams();
        webSocket();
        publish();
        publishByQuery();
        mercure();
        String reader = Fresh.user();
        try (StreamRecorder stream = Clients.open(container, reader, "books")) {
            assertThat(stream.status()).isEqualTo(200);
            String id = Clients.idOf(container, reader);
            subscriptions(id);
            clients(id);
        }
        drain();
        nodes();
        topics();
        revocations();
        tickets();
        explainAndErase();
        login();
        pages();

        assertThat(hub.unseen().stream()
                        .filter(status -> ELSEWHERE.keySet().stream().noneMatch(status::matches)))
                .as("statuses in openapi.yaml that no request here gets")
                .isEmpty();
    }

    /** HEAD is what GET is where it reads; the two that publish by GET and the WebSocket have none. */
    @Test
    void methodsAreThoseThatAreListed() {
        for (String path : hub.description().paths()) {
            if (path.startsWith("/feeds") || path.equals("/say")) {
                continue;
            }
            List<String> methods = new ArrayList<>(hub.description().operations().stream()
                    .filter(operation -> operation.path().equals(path))
                    .map(Operation::method)
                    .toList());
            methods.add("OPTIONS");
            if (methods.contains("GET") && !List.of("/msg", "/ws").contains(path)) {
                methods.add("HEAD");
            }
            assertThat(hub.methods(path.replace("{file}", "tidings.css").replaceAll("\\{\\w+}", "x")))
                    .as(path)
                    .containsExactlyInAnyOrderElementsOf(methods);
        }
    }

    private void streams() {
        Answer opened = hub.ask(200, "GET /events", "/events?" + query("GET /events"), OPERATOR);
        assertThat(opened.header("Last-Event-ID")).isEqualTo("earliest");
        hub.ask(200, "GET /events", "/events", modest, "Last-Event-ID: earliest");
        String once = "Accept: application/json";
        hub.send(201, "POST /msg", "/msg", "topic=/a&msg=x", FORM, OPERATOR);
        Answer read = hub.ask(200, "GET /events", "/events?lastEventID=unknown&topic=*&limit=2", OPERATOR, once);
        assertThat(read.json().path("events")).isNotEmpty();
        hub.ask(400, "GET /events", "/events?topic=/a&wait=2m", OPERATOR, once);
        hub.ask(400, "GET /events", "/events?topic=", OPERATOR);
        hub.ask(400, "GET /events", "/events?frame=xml", OPERATOR);
        hub.ask(401, "GET /events", "/events?topic=/a");
        hub.ask(401, "GET /events", "/events?topic=/a", BAD);
        hub.ask(406, "GET /events", "/events?topic=/a", OPERATOR, "Accept: text/plain");
        assertThat(hub.head("/events?topic=/a", OPERATOR).status()).isEqualTo(200);
    }

    private void webSocket() {
        String upgrade = DescribedHub.headers(
                "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", OPERATOR);
        String key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        String target = "/ws?" + query("GET /ws");
        hub.sendHead(101, "GET /ws", target, "", upgrade + key);
        hub.sendHead(400, "GET /ws", target, "", upgrade + "Sec-WebSocket-Key: short\r\n");
        hub.sendHead(401, "GET /ws", target, "", upgrade.replace(OPERATOR, BAD) + key);
        hub.sendHead(403, "GET /ws", target, "", upgrade.replace(OPERATOR, cookie() + "\r\nOrigin: http://evil") + key);
        hub.ask(426, "GET /ws", target, OPERATOR);
    }

    private void publish() {
        JsonNode bodies = hub.description()
                .of(new Operation("/msg", "POST"))
                .path("requestBody")
                .path("content");
        bodies.properties().forEach(body -> {
            JsonNode example = body.getValue().path("example");
            String type = "Content-Type: " + body.getKey();
            hub.send(
                    201,
                    "POST /msg",
                    "/msg",
                    example.isObject() && type.equals(FORM) ? form(example) : text(example),
                    type,
                    OPERATOR);
        });
        JsonNode fields = hub.description().document().at("/components/schemas/publication/properties");
        fields.fieldNames().forEachRemaining(field -> {
            String value = Map.of("retry", "3000", "private", "true").getOrDefault(field, "x");
            hub.send(201, "POST /msg", "/msg", field + "=" + value, FORM, OPERATOR);
            hub.send(201, "POST /msg", "/msg", "{\"" + field + "\":\"" + value + "\"}", JSON, OPERATOR);
        });
        hub.send(400, "POST /msg", "/msg", "msg=x&unlisted=x", FORM, OPERATOR);
        hub.send(400, "POST /msg", "/msg", "{\"msg\":\"x\",\"unlisted\":1}", JSON, OPERATOR);
        hub.send(400, "POST /msg", "/msg", "{\"msg\":\"x\"}\n{\"unlisted\":1}", LINES, OPERATOR);
        hub.send(400, "POST /msg", "/msg?unlisted=x", "x", TEXT, OPERATOR);
        hub.send(401, "POST /msg", "/msg", "msg=x", FORM);
        hub.send(401, "POST /msg", "/msg", "msg=x", FORM, BAD);
        hub.send(403, "POST /msg", "/msg", "msg=x&topic=/orders/7", FORM, modest);
        hub.send(403, "POST /msg", "/msg", "msg=x&topic=/clients/x", FORM, OPERATOR);
        hub.sendHead(411, "POST /msg", "/msg", "", DescribedHub.headers(TEXT, OPERATOR));
        hub.sendHead(413, "POST /msg", "/msg", "", DescribedHub.headers(TEXT, OPERATOR, TOO_LONG));
        hub.send(415, "POST /msg", "/msg", "x", "Content-Type: text/html", OPERATOR);
        String key = "Idempotency-Key: " + UUID.randomUUID();
        Answer first = hub.send(201, "POST /msg", "/msg", "msg=x", FORM, OPERATOR, key);
        assertThat(hub.send(201, "POST /msg", "/msg", "msg=x", FORM, OPERATOR, key)
                        .body())
                .isEqualTo(first.body());
        hub.send(422, "POST /msg", "/msg", "msg=y", FORM, OPERATOR, key);
    }

    private void publishByQuery() {
        hub.ask(201, "GET /msg", "/msg?" + query("GET /msg"), OPERATOR);
        hub.ask(201, "GET /msg", "/msg?data=x&topic=/orders/7", OPERATOR);
        hub.ask(400, "GET /msg", "/msg?msg=x&unlisted=x", OPERATOR);
        hub.ask(401, "GET /msg", "/msg?msg=x");
        hub.ask(401, "GET /msg", "/msg?msg=x&token=" + Tokens.operator().jwt());
        hub.ask(403, "GET /msg", "/msg?msg=x&topic=/orders/7", modest);
        String key = "Idempotency-Key: " + UUID.randomUUID();
        hub.ask(201, "GET /msg", "/msg?msg=x", OPERATOR, key);
        hub.ask(422, "GET /msg", "/msg?msg=y", OPERATOR, key);
        assertThat(hub.head("/msg?msg=x", OPERATOR).status()).isEqualTo(405);
    }

    private void mercure() {
        String door = "/.well-known/mercure";
        hub.ask(200, "GET " + door, door + "?" + query("GET " + door), OPERATOR);
        hub.ask(400, "GET " + door, door, OPERATOR);
        hub.ask(401, "GET " + door, door + "?topic=x");

        String publish = "POST " + door;
        JsonNode body = hub.description()
                .of(new Operation(door, "POST"))
                .at("/requestBody/content/application~1x-www-form-urlencoded");
        hub.send(200, publish, door, form(body.path("example")), FORM, OPERATOR);
        body.at("/schema/properties")
                .fieldNames()
                .forEachRemaining(field -> hub.send(
                        200,
                        publish,
                        door,
                        "topic=/x&" + field + "=" + (field.equals("retry") ? "1" : "x"),
                        FORM,
                        OPERATOR));
        hub.send(200, publish, door, "topic=/x&unlisted=x", FORM, OPERATOR);
        hub.send(400, publish, door, "data=x", FORM, OPERATOR);
        hub.send(401, publish, door, "topic=/x", FORM, BAD);
        hub.send(403, publish, door, "topic=/x", FORM, modest);
        hub.sendHead(411, publish, door, "", DescribedHub.headers(FORM, OPERATOR));
        hub.sendHead(413, publish, door, "", DescribedHub.headers(FORM, OPERATOR, TOO_LONG));
        hub.send(415, publish, door, "x", TEXT, OPERATOR);
        String key = "Idempotency-Key: " + UUID.randomUUID();
        hub.send(200, publish, door, "topic=/x&data=x", FORM, OPERATOR, key);
        hub.send(422, publish, door, "topic=/x&data=y", FORM, OPERATOR, key);
    }

    private void subscriptions(String id) {
        String all = "/.well-known/mercure/subscriptions";
        String list = "GET " + all;
        hub.ask(200, list, all, OPERATOR);
        // By its tag it might have changed: streams that were closed before leave at any time.
        hub.ask(304, list, all, OPERATOR, "If-None-Match: *");
        hub.ask(200, list, all + "?topic=books", OPERATOR);
        hub.ask(200, list, all + "?topic=books&subscriber=" + id, OPERATOR);
        hub.ask(400, list, all + "?subscriber=" + id, OPERATOR);
        hub.ask(401, list, all);
        hub.ask(403, list, all, modest);
        hub.ask(404, list, all + "?topic=none&subscriber=" + id, OPERATOR);

        String ofTopic = "GET " + all + "/{topic}";
        unchanged(ofTopic, all + "/books", OPERATOR);
        hub.ask(401, ofTopic, all + "/books");
        hub.ask(403, ofTopic, all + "/books", modest);

        String one = "GET " + all + "/{topic}/{subscriber}";
        unchanged(one, all + "/books/" + id, OPERATOR);
        hub.ask(401, one, all + "/books/" + id);
        hub.ask(403, one, all + "/books/" + id, modest);
        hub.ask(404, one, all + "/none/" + id, OPERATOR);
    }

    private void clients(String id) {
        hub.ask(200, "GET /clients", "/clients?" + query("GET /clients"), OPERATOR);
        hub.ask(200, "GET /clients", "/clients?after=" + id, OPERATOR);
        hub.ask(400, "GET /clients", "/clients?limit=0", OPERATOR);
        hub.ask(401, "GET /clients", "/clients");
        hub.ask(403, "GET /clients", "/clients", modest);
        String endAll = "DELETE /clients";
        hub.ask(200, endAll, "/clients?" + query(endAll), OPERATOR);
        hub.ask(400, endAll, "/clients", OPERATOR);
        hub.ask(401, endAll, "/clients");
        hub.ask(403, endAll, "/clients?user=carol", modest);
        String none = "/clients/urn:uuid:" + UUID.randomUUID();
        for (String method : List.of("GET", "DELETE")) {
            String operation = method + " /clients/{id}";
            hub.ask(401, operation, "/clients/" + id);
            hub.ask(403, operation, "/clients/" + id, modest);
            hub.ask(404, operation, none, OPERATOR);
            hub.ask(method.equals("GET") ? 200 : 204, operation, "/clients/" + id, OPERATOR);
        }
    }

    private void login() {
        hub.ask(200, "GET /token", "/token", OPERATOR);
        assertThat(hub.ask(200, "GET /token", "/token").json().has("detail")).isTrue();
        hub.ask(401, "GET /token", "/token", BAD);

        String login = "POST /login";
        String token = "token=" + Tokens.user(user).jwt();
        hub.ask(200, "GET /login", "/login");
        Answer done = hub.send(303, login, "/login", token, FORM, hub.ownPage());
        assertThat(done.headers()).containsKey("Set-Cookie");
        hub.send(400, login, "/login", "other=x", FORM, hub.ownPage());
        hub.send(401, login, "/login", "token=bad", FORM, hub.ownPage());
        hub.send(403, login, "/login", token, FORM, "Origin: http://evil");
        hub.sendHead(411, login, "/login", "", DescribedHub.headers(FORM, hub.ownPage()));
        hub.sendHead(413, login, "/login", "", DescribedHub.headers(FORM, hub.ownPage(), TOO_LONG));
        hub.send(415, login, "/login", token, TEXT, hub.ownPage());
        hub.ask(303, "POST /logout", "/logout", cookie(), hub.ownPage());
        hub.ask(403, "POST /logout", "/logout", cookie());
    }

    private void drain() {
        String drainer = "Authorization: "
                + Tokens.grant("root", List.of("/hub/drain"), List.of()).bearer();
        hub.send(400, "POST /hub/drain", "/hub/drain?nodes=x", "", FORM, drainer);
        hub.send(401, "POST /hub/drain", "/hub/drain", "", FORM);
        hub.send(403, "POST /hub/drain", "/hub/drain", "", FORM, modest);
        hub.send(404, "POST /hub/drain", "/hub/drain?node=none", "", FORM, drainer);
    }

    private void nodes() {
        String reader = "Authorization: "
                + Tokens.grant("root", List.of(), List.of("/hub/{+any}")).bearer();
        String list = "GET /hub/nodes";
        Eventually.passes(() ->
                assertThat(hub.ask(200, list, "/hub/nodes", reader).json()).isNotEmpty());
        JsonNode node = hub.ask(200, list, "/hub/nodes", reader).json().path(0);
        hub.ask(401, list, "/hub/nodes");
        hub.ask(403, list, "/hub/nodes", modest);
        String one = "GET /hub/nodes/{node}";
        hub.ask(200, one, "/hub/nodes/" + encode(node.path("node").asText()), reader);
        hub.ask(401, one, "/hub/nodes/x");
        hub.ask(403, one, "/hub/nodes/x", modest);
        hub.ask(404, one, "/hub/nodes/none", reader);
    }

    private void topics() {
        String reader = "Authorization: "
                + Tokens.grant("root", List.of(), List.of("/hub/{+any}")).bearer();
        String list = "GET /hub/topics";
        assertThat(hub.ask(200, list, "/hub/topics", reader).json().path("topics"))
                .isNotEmpty();
        hub.ask(200, list, "/hub/topics?by=selector&sort=selector&limit=1", reader);
        hub.ask(400, list, "/hub/topics?by=x", reader);
        hub.ask(401, list, "/hub/topics");
        hub.ask(403, list, "/hub/topics", modest);
    }

    private void revocations() {
        String root = "Authorization: "
                + Tokens.grant("root", List.of("/hub/{+any}"), List.of("/hub/{+any}"))
                        .bearer();
        String list = "GET /hub/revocations";
        String post = "POST /hub/revocations";
        String one = "DELETE /hub/revocations/{id}";
        String target = "/hub/revocations";
        hub.send(201, post, target, "jti=" + user, FORM, root);
        String id = hub.send(201, post, target, "{\"user\":\"" + user + "x\"}", JSON, root)
                .json()
                .path("id")
                .asText();
        hub.send(400, post, target, "x=1", FORM, root);
        hub.send(401, post, target, "", FORM);
        hub.send(403, post, target, "jti=x", FORM, modest);
        hub.sendHead(411, post, target, "", DescribedHub.headers(FORM, root));
        hub.sendHead(413, post, target, "", DescribedHub.headers(FORM, root, TOO_LONG));
        hub.send(415, post, target, "x", TEXT, root);
        assertThat(hub.ask(200, list, target + "?limit=1", root).header("Link")).isNotEmpty();
        hub.ask(400, list, target + "?limit=0", root);
        hub.ask(401, list, target);
        hub.ask(403, list, target, modest);
        hub.ask(401, one, target + "/" + id);
        hub.ask(403, one, target + "/" + id, modest);
        hub.ask(204, one, target + "/" + id, root);
        hub.ask(404, one, target + "/" + id, root);
    }

    private void tickets() {
        String post = "POST /tickets";
        String ticket = hub.send(201, post, "/tickets", "topic=/orders/7", FORM, modest)
                .json()
                .path("ticket")
                .asText();
        hub.send(201, post, "/tickets", "{\"topic\":[\"/orders/7\"]}", JSON, modest);
        hub.ask(201, post, "/tickets", modest);
        hub.ask(403, "GET /events", "/events?topic=/other&ticket=" + ticket);
        hub.send(400, post, "/tickets", "x=1", FORM, modest);
        hub.ask(401, post, "/tickets");
        hub.ask(403, post, "/tickets", cookie());
        hub.sendHead(411, post, "/tickets", "", DescribedHub.headers(FORM, modest));
        hub.sendHead(413, post, "/tickets", "", DescribedHub.headers(FORM, modest, TOO_LONG));
        hub.send(415, post, "/tickets", "x", TEXT, modest);
    }

    private void explainAndErase() {
        String explain = "GET /hub/explain";
        String asked = "/hub/explain?user=" + user;
        Answer published = hub.ask(201, "GET /msg", "/msg?msg=x&to=" + user, OPERATOR);
        String id = encode(
                published.body().replaceAll("^.*\"id\":\"([^\"]+)\".*$", "$1").trim());
        hub.ask(200, explain, asked + "&id=" + id, OPERATOR);
        try (StreamRecorder stream = Clients.open(container, user, "/a")) {
            hub.ask(200, explain, asked + "&topic=/a&private=on&limit=1", OPERATOR);
            stream.cut();
        }
        hub.ask(400, explain, asked, OPERATOR);
        hub.ask(401, explain, asked);
        hub.ask(403, explain, asked, modest);
        hub.ask(404, explain, asked + "&id=unknown", OPERATOR);
        String erase = "DELETE /hub/events";
        hub.ask(200, erase, "/hub/events?user=" + user, OPERATOR);
        hub.ask(400, erase, "/hub/events", OPERATOR);
        hub.ask(401, erase, "/hub/events?id=" + id);
        hub.ask(403, erase, "/hub/events?id=" + id, modest);
    }

    private void pages() {
        Stream.of("events", "topics", "clients", "publish", "tokens")
                .map(page -> "/console/" + page)
                .forEach(path -> hub.ask(200, "GET " + path, path));
        Stream.of("/metrics", "/health", "/health/live", "/health/ready", "/", "/console")
                .forEach(path -> hub.ask(200, "GET " + path, path));
        Stream.of("tidings.css", "home.js", "tidings.svg", "feeds/clock.js")
                .forEach(file -> unchanged("GET /assets/{file}", "/assets/" + file));
        hub.ask(404, "GET /assets/{file}", "/assets/none.css");
        unchanged("GET /openapi.yaml", "/openapi.yaml");
        unchanged("GET /tidings.js", "/tidings.js");
        unchanged("GET /tidings.d.ts", "/tidings.d.ts");
        hub.ask(404, "GET /feeds", "/feeds");
        hub.ask(404, "GET /feeds/{feed}", "/feeds/clock");
        hub.ask(404, "POST /feeds/answer/cancel", "/feeds/answer/cancel");
        hub.ask(404, "GET /say", "/say");
    }

    /** Asks twice, the second time with the tag of the first answer. */
    private void unchanged(String operation, String target, String... headers) {
        String tag = hub.ask(200, operation, target, headers).header("ETag");
        String[] again = Stream.concat(Stream.of(headers), Stream.of("If-None-Match: " + tag))
                .toArray(String[]::new);
        hub.ask(304, operation, target, again);
    }

    private String cookie() {
        return "Cookie: mercureAuthorization=" + Tokens.user(user).jwt();
    }

    /** The query with the examples of all parameters that have one. */
    private String query(String operation) {
        int space = operation.indexOf(' ');
        return hub
                .description()
                .parameters(new Operation(operation.substring(space + 1), operation.substring(0, space)))
                .stream()
                .filter(parameter -> parameter.path("in").asText().equals("query") && parameter.has("example"))
                .flatMap(parameter -> pairs(parameter.path("name").asText(), parameter.path("example")))
                .collect(joining("&"));
    }

    private static String form(JsonNode example) {
        return example.properties().stream()
                .flatMap(field -> pairs(field.getKey(), field.getValue()))
                .collect(joining("&"));
    }

    private static Stream<String> pairs(String name, JsonNode value) {
        return value.isArray()
                ? value.valueStream().flatMap(item -> pairs(name, item))
                : Stream.of(name + "=" + encode(value.asText()));
    }

    private static String text(JsonNode example) {
        return example.isTextual() ? example.asText() : example.toString();
    }
}
