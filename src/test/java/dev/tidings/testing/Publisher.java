package dev.tidings.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Publishes as a back end would, through jetty-client or over HTTP/2, its token in the header.
 *
 * <p>An event is a map of the fields of {@code POST /msg}.
 *
 * <p><b>Threads.</b> Any; every method waits for the answer.
 */
public final class Publisher {

    public static final String FORM = "application/x-www-form-urlencoded";
    public static final String JSON = "application/json";
    public static final String NDJSON = "application/x-ndjson";
    public static final String TEXT = "text/plain";

    private static final HttpClient HTTP = started();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Container container;
    private final Tokens token;

    private Publisher(Container container, Tokens token) {
        this.container = container;
        this.token = token;
    }

    /** One that may publish everything. */
    public static Publisher to(Container container) {
        return to(container, Tokens.operator());
    }

    /** One that may do what this token allows. */
    public static Publisher to(Container container, Tokens token) {
        return new Publisher(container, token);
    }

    /** Publishes a public event on a topic and returns its id; fails when it is not accepted. */
    public String publish(String topic, String data) {
        return publish(Map.of("topic", topic, "msg", data));
    }

    /** Publishes one event and returns its id; fails when it is not accepted. */
    public String publish(Map<String, ?> event) {
        return accepted(post(JSON, write(event))).json().path("id").textValue();
    }

    /** Publishes events as one unit and returns their ids; fails when they are not accepted. */
    public List<String> publishAll(List<? extends Map<String, ?>> events) {
        var lines = new StringBuilder();
        events.forEach(event -> lines.append(write(event)).append('\n'));
        var ids = new ArrayList<String>();
        accepted(post(NDJSON, lines.toString())).json().path("ids").forEach(id -> ids.add(id.textValue()));
        return ids;
    }

    /** Publishes public events on a topic whose data are the numbers from 1 to {@code count}, as one unit. */
    public List<String> publishNumbers(String topic, int count) {
        var events = new ArrayList<Map<String, String>>();
        for (int number = 1; number <= count; number++) {
            events.add(Map.of("topic", topic, "msg", Integer.toString(number)));
        }
        return publishAll(events);
    }

    /** Posts this body to {@code /msg}. */
    public Answer post(String contentType, String body) {
        return post("", contentType, body);
    }

    /** Posts this body to {@code /msg} with this query, which begins with its question mark or is empty. */
    public Answer post(String query, String contentType, String body) {
        if (SuiteProtocol.SPOKEN.isHttp2(container.uri())) {
            return overHttp2("POST", query, List.of(contentType), body);
        }
        return exchange(request("POST", query).body(new StringRequestContent(contentType, body)));
    }

    /** Asks for {@code /msg} with this query by any other method. */
    public Answer ask(String method, String query) {
        if (SuiteProtocol.SPOKEN.isHttp2(container.uri())) {
            return overHttp2(method, query, List.of(), "");
        }
        return exchange(request(method, query));
    }

    /** This text as it may stand in a query or a form. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Jetty-client gives up a request that is answered before all of it was sent; other clients read the answer. */
    private Answer overHttp2(String method, String query, List<String> contentType, String body) {
        String target = container.uri().getPath() + "/msg" + query;
        return Http2Connection.shared(container.uri())
                .ask(
                        method,
                        target,
                        Map.of("Authorization", List.of(token.bearer()), "Content-Type", contentType),
                        body.getBytes(StandardCharsets.UTF_8))
                .whole();
    }

    private Request request(String method, String query) {
        return HTTP.newRequest(container.uri("/msg" + query))
                .method(method)
                .timeout(Eventually.LIMIT.toSeconds(), TimeUnit.SECONDS)
                .headers(headers -> headers.put("Authorization", token.bearer()));
    }

    private static Answer exchange(Request request) {
        try {
            ContentResponse response = request.send();
            var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            for (HttpField field : response.getHeaders()) {
                headers.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(field.getValue());
            }
            String body = new String(response.getContent(), StandardCharsets.UTF_8);
            return new Answer(response.getStatus(), headers, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for an answer", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("No answer to " + request, e);
        }
    }

    private static Answer accepted(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static String write(Map<String, ?> event) {
        try {
            return MAPPER.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** One for all: it keeps connections, and its threads are daemons, so that it ends with the tests. */
    private static HttpClient started() {
        var client = new HttpClient();
        if (SuiteProtocol.SPOKEN.isSecure()) {
            var tls = new SslContextFactory.Client();
            tls.setSslContext(KeyStoreFile.contextOfTheBuild());
            client.setSslContextFactory(tls);
        }
        var threads = new QueuedThreadPool();
        threads.setDaemon(true);
        client.setExecutor(threads);
        try {
            client.start();
        } catch (Exception e) {
            throw new AssertionError("jetty-client does not start", e);
        }
        return client;
    }
}
