package dev.tidings.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tidings.event.PublishFields;
import dev.tidings.testing.OpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** openapi.yaml is what it says it is: a description in OpenAPI 3.1 that agrees with itself and with the project. */
class OpenApiTest {

    private final OpenApi description = OpenApi.read();

    @Test
    void isOpenApi31() throws IOException {
        try (InputStream schema = OpenApiTest.class.getResourceAsStream("/openapi-3.1.json")) {
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema, InputFormat.JSON)
                            .validate(description.document()))
                    .isEmpty();
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
        Set<String> used = new TreeSet<>();
        references(description.document(), used);
        assertThat(used)
                .allSatisfy(reference -> assertThat(description
                                .document()
                                .at(reference.substring(1))
                                .isMissingNode())
                        .as(reference)
                        .isFalse());
        Set<String> components = new TreeSet<>();
        description.document().path("components").properties().stream()
                .filter(kind -> !kind.getKey().equals("securitySchemes"))
                .forEach(kind -> kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> components.add("#/components/" + kind.getKey() + "/" + name)));
        assertThat(used).isEqualTo(components);
    }

    @Test
    void everyExampleMatchesItsSchema() {
        List<JsonNode> described = new ArrayList<>();
        withExample(description.document(), described);
        assertThat(described).hasSizeGreaterThan(20);
        described.forEach(node -> description.assertMatches(node.path("schema"), node.path("example")));
    }

    @Test
    void everyOperationSaysWhatItDoesAndWhatForm() {
        assertThat(description.operations()).allSatisfy(operation -> {
            JsonNode node = description.of(operation);
            assertThat(node.path("summary").asText()).as(operation.toString()).isNotEmpty();
            assertThat(node.path("tags").isEmpty()).as(operation.toString()).isFalse();
        });
    }

    /** Generators make a method's name of it. */
    @Test
    void everyOperationHasAnIdOfItsOwn() {
        assertThat(description.operations())
                .extracting(operation ->
                        description.of(operation).path("operationId").asText())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z][a-zA-Z]+"));
    }

    /** Under a context path, too: what follows is added to the address that this document's own is resolved to. */
    @Test
    void serverIsTheOneThatServesIt() {
        assertThat(description.document().path("servers")).hasSize(1);
        String server = description.document().at("/servers/0/url").asText();
        assertThat(URI.create("https://hub.example.com/tidings" + OpenApiServlet.PATH)
                        .resolve(server)
                        .toString())
                .isEqualTo("https://hub.example.com/tidings/");
    }

    @Test
    void versionIsThatOfTheProject() throws IOException {
        Matcher version = Pattern.compile("<artifactId>tidings</artifactId>\\s*<version>([^<-]*)")
                .matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(description.document().at("/info/version").asText()).isEqualTo(version.group(1));
    }

    @Test
    void whatIsPublishedHasTheFieldsThatAreListed() {
        JsonNode fields = description.document().at("/components/schemas/publication/properties");
        assertThat(fields.fieldNames()).toIterable().allMatch(PublishFields::isField);
        assertThat(description.parameters(new OpenApi.Operation("/msg", "GET")).stream()
                        .filter(parameter -> parameter.path("in").asText().equals("query"))
                        .map(parameter -> parameter.path("name").asText()))
                .containsExactlyInAnyOrderElementsOf(fields::fieldNames);
    }

    private static void references(JsonNode node, Set<String> into) {
        if (node.path("$ref").isTextual()) {
            into.add(node.path("$ref").asText());
        }
        node.forEach(child -> references(child, into));
    }

    private static void withExample(JsonNode node, List<JsonNode> into) {
        if (node.has("schema") && node.has("example")) {
            into.add(node);
        }
        node.forEach(child -> withExample(child, into));
    }
}
