package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidings.container.NpmClient;
import dev.tidings.container.Requests;
import dev.tidings.container.Site;
import dev.tidings.testing.Answer;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.JwksText;
import dev.tidings.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A hub with the key that the document makes accepts the tokens that the document makes, and they allow what it says. */
@Tag(NpmClient.TAG)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedTokensIT {

    private static final String PAGE = "docs/tokens.md";
    private static final String OPERATOR = "An operator's token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private String key = "";
    private Container hub;

    @BeforeAll
    void startWithTheKey() throws IOException {
        try (DocumentedProgram shell = DocumentedProgram.run(CodeBlock.of(PAGE, "The key"), Map.of())) {
            shell.awaitEnd();
            Path file = shell.directory().resolve("key");
            key = Files.readString(file).strip();
            assertThat(key).hasSize(44);
            String path = file.toString();
            CodeBlock settings = CodeBlock.of(PAGE, "The key", 2).with("/etc/tidings/key", path);
            hub = with(ContainerSpec.of(ContainerKind.JETTY).without("tidings.jwt.key"), settings)
                    .start();
        }
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Java: java-jwt",
                "Java: jjwt",
                "Java: Nimbus JOSE + JWT",
                "Java: Spring Security",
                "Python: PyJWT",
                "Node: jsonwebtoken"
            })
    void tokenOfEachLibraryIsAlices(String heading) {
        JsonNode answer = accepted(made(CodeBlock.of(PAGE, heading)));
        assertThat(answer.path("user").asText()).isEqualTo("alice");
        assertThat(answer.toString()).contains("/users/alice").contains("expires");
    }

    @Test
    void grantOfItsOwnIsAddedBeforeTheSignature() {
        CodeBlock grant = CodeBlock.of(PAGE, "Java: java-jwt", 2);
        CodeBlock token = CodeBlock.of(PAGE, "Java: java-jwt");
        String lines = token.statements().replace(".sign(", grant.statements().strip() + "\n.sign(");
        JsonNode answer = accepted(made(token.imports() + grant.imports(), lines));
        assertThat(answer.toString()).contains("/orders/{id}").doesNotContain("/users/alice");
    }

    @Test
    void operatorMadeInJavaSeesClients() {
        assertOperator(made(CodeBlock.of(PAGE, OPERATOR, 2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            README.md      | Tokens
            docs/tokens.md | An operator's token
            """, quoteCharacter = '"')
    void operatorSeesClients(String document, String heading) {
        assertOperator(signed(CodeBlock.of(document, heading)));
    }

    @ParameterizedTest
    @CsvSource({"What a token says,/users/7", "What a token says,/all", "A token for a back end,/orders/7"})
    void backEndPublishes(String heading, String topic) {
        String token = signed(CodeBlock.of(PAGE, heading));
        assertThat(publish(token, topic).status()).isEqualTo(201);
        assertThat(publish(token, "/other").status()).isEqualTo(403);
    }

    /** As many letters as any payload may have beyond the last four. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "al", "ali", "alic"})
    void claimsAreRead(String user) {
        CodeBlock decode = CodeBlock.of(PAGE, "When a token is refused");
        try (DocumentedProgram shell =
                DocumentedProgram.run(decode.as(Tokens.user(user).without("exp").jwt()), Map.of())) {
            assertThat(shell.awaitEnd()).isEqualTo("{\"sub\":\"" + user + "\"}");
        }
    }

    @Test
    void tokenOfAProviderIsAcceptedIfItIsMeantForTheHub() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        CodeBlock settings = CodeBlock.of(PAGE, "Identity providers");
        String address = settings.properties().get("tidings.jwt.jwks-url");
        Path keys = Files.createTempFile(Path.of(System.getProperty("test.clients")), "keys", ".json");
        Files.writeString(keys, JwksText.set(JwksText.key("k", pair.getPublic())));
        Tokens token = Tokens.user("alice")
                .keyId("k")
                .signedWith(Algorithm.RSA256(null, (RSAPrivateKey) pair.getPrivate()))
                .claim("iss", settings.properties().get("tidings.jwt.issuer"));
        try (Container provided = with(
                        ContainerSpec.of(ContainerKind.JETTY).without("tidings.jwt.key"),
                        settings.with(address, "file:" + keys.toAbsolutePath()))
                .start()) {
            assertThat(tokenAt(provided, token.claim("aud", "tidings").jwt()).status())
                    .isEqualTo(200);
            assertThat(tokenAt(provided, token.claim("aud", "another").jwt()).status())
                    .isEqualTo(401);
        }
    }

    private static ContainerSpec with(ContainerSpec spec, CodeBlock settings) {
        ContainerSpec set = spec;
        for (Map.Entry<String, String> setting : settings.properties().entrySet()) {
            set = set.set(setting.getKey(), setting.getValue());
        }
        return set;
    }

    private String made(CodeBlock block) {
        if (block.language().equals("java")) {
            return made(block.imports(), block.statements());
        }
        String print = block.language().equals("js") ? "console.log(token);" : "print(token)";
        CodeBlock printing = new CodeBlock(
                block.document(), block.heading(), block.number(), block.language(), block.code() + print + "\n");
        return printed(DocumentedProgram.run(printing, Map.of("KEY", key)));
    }

    private String made(String imports, String lines) {
        return printed(DocumentedProgram.java(imports, lines + "System.out.println(token);", Map.of("KEY", key)));
    }

    private static String printed(DocumentedProgram program) {
        try (program) {
            return program.line("eyJ.*");
        }
    }

    /** A token with the claims of this block, which end an hour from now. */
    private String signed(CodeBlock claims) {
        try {
            Map<?, ?> read = JSON.readValue(claims.code(), Map.class);
            Tokens token = Tokens.anyone().signedWith(Tokens.hmac256(key));
            for (Map.Entry<?, ?> claim : read.entrySet()) {
                token = token.claim(claim.getKey().toString(), claim.getValue());
            }
            return token.expiring(Duration.ofHours(1)).jwt();
        } catch (JsonProcessingException e) {
            throw new AssertionError(claims + " is no JSON", e);
        }
    }

    private JsonNode accepted(String token) {
        Answer answer = tokenAt(hub, token);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static Answer tokenAt(Container hub, String token) {
        return Requests.get(hub, "/token", "Authorization: Bearer " + token);
    }

    private Answer publish(String token, String topic) {
        return Site.post(hub, "/msg", "topic=" + topic + "&msg=x", "Authorization: Bearer " + token);
    }

    private void assertOperator(String token) {
        assertThat(Requests.get(hub, "/clients", "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(Requests.send("DELETE", hub, "/clients/unknown", "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(404);
    }
}
