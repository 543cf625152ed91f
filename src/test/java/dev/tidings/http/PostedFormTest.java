package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.auth.Grant;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.OwnSite;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostedFormTest {

    private static final int MAX_DATA_BYTES = 1_000;

    /** A thousand bytes of data and all that may stand beside them, each escaped. */
    private static final int MAX_BYTES = 3 * (MAX_DATA_BYTES + Body.FIELDS_BYTES);

    private static InProcessJetty jetty;

    @BeforeAll
    static void start() {
        Bodies bodies = OwnSite.bodies(Duration.ofSeconds(10));
        jetty = new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .servlet("/door", new HttpServlet() {
                    @Override
                    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        Authentication.with(Grant.anonymous(), TokenSource.HEADER, "anybody", () -> {})
                                .attachTo(request);
                        PostedForm.receive(
                                request,
                                response,
                                bodies,
                                MAX_DATA_BYTES,
                                form -> response.getOutputStream().print(String.join("|", form.all("x"))));
                    }
                })
                .start();
    }

    @AfterAll
    static void stop() {
        jetty.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {PostedForm.TYPE, PostedForm.TYPE + "; charset=UTF-8", "Application/X-WWW-Form-URLEncoded"})
    void doorGetsTheFieldsOfAForm(String type) {
        HttpResponse<String> response = post(type, "x=1&y=2&x=%26");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("1|&");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, \\\"application/json\\\" is not read here; send a form",
        "text/plain, \\\"text/plain\\\" is not read here; send a form",
        PostedForm.TYPE + ";charset=latin1, charset \\\"latin1\\\" is not read here"
    })
    void nothingElseIsRead(String type, String reason) {
        HttpResponse<String> response = post(type, "x=1");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains(reason);
    }

    @Test
    void formMayBeAsLongAsItsDataEscaped() {
        String longest = "x=" + "a".repeat(MAX_BYTES - 2);
        assertThat(post(PostedForm.TYPE, longest).body()).hasSize(MAX_BYTES - 2);
        HttpResponse<String> refused = post(PostedForm.TYPE, longest + "a");
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains(MAX_BYTES + " bytes");
    }

    private static HttpResponse<String> post(String type, String body) {
        return jetty.send(jetty.request("/door").header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }
}
