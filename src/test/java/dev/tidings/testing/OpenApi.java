package dev.tidings.testing;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The description of the hub's addresses, and what it says of each answer.
 *
 * <p><b>Threads.</b> Any.
 */
public final class OpenApi {

    /** Where it is in the repository. */
    public static final Path FILE = Path.of("src/main/webapp/WEB-INF/openapi.yaml");

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document;

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    /** Reads the one of the repository. */
    public static OpenApi read() {
        try {
            return new OpenApi(new YAMLMapper().readTree(Files.readString(FILE)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * One method of one address.
     *
     * @param path as the document has it, with its variables
     * @param method in upper case
     */
    public record Operation(String path, String method) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** The whole document. */
    public JsonNode document() {
        return document;
    }

    /** Its paths, in its order. */
    public List<String> paths() {
        return document.path("paths").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Its operations, in its order. */
    public List<Operation> operations() {
        return paths().stream()
                .flatMap(path -> document.path("paths").path(path).properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(METHODS::contains)
                        .map(method -> new Operation(path, method.toUpperCase(Locale.ROOT))))
                .toList();
    }

    /** What it says of an operation. */
    public JsonNode of(Operation operation) {
        JsonNode found = document.path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT));
        assertThat(found.isObject()).as("%s is described", operation).isTrue();
        return found;
    }

    /** The parameters of an operation, those of its path among them. */
    public List<JsonNode> parameters(Operation operation) {
        return Stream.of(document.path("paths").path(operation.path()), of(operation))
                .flatMap(node -> node.path("parameters").valueStream())
                .map(this::resolved)
                .toList();
    }

    /** The statuses that it lists for an operation. */
    public Set<Integer> statuses(Operation operation) {
        return of(operation).path("responses").properties().stream()
                .map(entry -> Integer.valueOf(entry.getKey()))
                .collect(toCollection(TreeSet::new));
    }

    /** Whether an operation takes a token. */
    public boolean needsToken(Operation operation) {
        return !of(operation).path("security").isArray()
                || !of(operation).path("security").isEmpty();
    }

    /** The node that a reference leads to, or the node itself if it is none. */
    public JsonNode resolved(JsonNode node) {
        if (!node.has("$ref")) {
            return node;
        }
        String reference = node.path("$ref").asText();
        assertThat(reference).startsWith("#/");
        JsonNode target = document.at(reference.substring(1));
        assertThat(target.isMissingNode()).as("%s is there", reference).isFalse();
        return resolved(target);
    }

    /** Sees that a value is what a schema of this document allows. */
    public void assertMatches(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(whole)
                        .validate(value))
                .as("%s against %s", value, schema)
                .isEmpty();
    }

    /** Sees that an answer is one that the document lists for this operation: status, headers, type and body. */
    public void assertDescribed(Operation operation, Answer answer) {
        String what = operation + " answered " + answer.status() + " " + answer.headers() + " " + answer.body();
        assertThat(statuses(operation)).as(what).contains(answer.status());
        JsonNode response = resolved(of(operation).path("responses").path(Integer.toString(answer.status())));
        response.path("headers").properties().forEach(entry -> {
            JsonNode header = resolved(entry.getValue());
            assertThat(answer.headers().containsKey(entry.getKey())
                            || !header.path("required").asBoolean())
                    .as("%s has the header %s", what, entry.getKey())
                    .isTrue();
        });
        String type = answer.header("Content-Type").replaceFirst(" *;.*", "").toLowerCase(Locale.ROOT);
        if (!response.has("content")) {
            assertThat(type).as(what).isEmpty();
            assertThat(answer.body()).as(what).isEmpty();
            return;
        }
        JsonNode content = response.path("content").path(type);
        assertThat(content.isMissingNode()).as("%s: its type is listed", what).isFalse();
        if (type.equals("text/event-stream")) {
            return;
        }
        boolean json = type.endsWith("json");
        try {
            assertMatches(
                    content.path("schema"),
                    json ? JSON.readTree(answer.body()) : JSON.getNodeFactory().textNode(answer.body()));
        } catch (IOException notJson) {
            throw new AssertionError(what, notJson);
        }
    }
}
