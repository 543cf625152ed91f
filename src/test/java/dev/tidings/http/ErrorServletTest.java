package dev.tidings.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidings.http.publish.PublishingHub;
import dev.tidings.testing.InProcessJetty;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorServletTest {

    private final InProcessJetty jetty = new InProcessJetty()
            .servlet("/bare", new HttpServlet() {})
            .servlet("/refusing", new HttpServlet() {
                @Override
                protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                    response.sendError(Integer.parseInt(request.getQueryString()), "secret of the inside");
                }
            })
            .servlet("/error", new ErrorServlet());

    @BeforeEach
    void start() {
        jetty.start();
    }

    @AfterEach
    void stop() {
        jetty.close();
    }

    @Test
    void anAddressThatDoesNotExistIsAProblem() {
        assertProblem(jetty.send(jetty.request("/nowhere?token=secret")), 404, "nothing at this address");
    }

    @Test
    void aMethodThatTheContainerRefusesIsAProblem() {
        assertProblem(
                jetty.send(jetty.request("/bare").POST(BodyPublishers.ofString("x"))),
                405,
                "does not take this method");
    }

    @Test
    void aBrowserGetsAPage() {
        HttpResponse<String> response = jetty.send(jetty.request("/nowhere").header("Accept", "text/html"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains("<h1>404 Not Found</h1>");
    }

    @Test
    void askedForDirectlyItDoesNotExist() {
        assertProblem(jetty.send(jetty.request("/error")), 404, "nothing at this address");
    }

    @ParameterizedTest
    @CsvSource({
        "400, Bad Request,                     could not read this request",
        "404, Not Found,                       nothing at this address",
        "405, Method Not Allowed,              This address does not take",
        "414, URI Too Long,                    address is longer",
        "418, Refused,                         refused this request",
        "431, Request Header Fields Too Large, headers are longer",
        "500, Internal Server Error,           failed at this request",
        "507, Failed,                          failed at this request",
    })
    void everyStatusHasItsTitleAndSaysSomethingOfItsOwn(int status, String title, String detail) {
        HttpResponse<String> response = jetty.send(jetty.request("/refusing?" + status));

        assertThat(assertProblem(response, status, detail).path("title").asText())
                .isEqualTo(title);
    }

    /** Found when descriptors had run out: Tomcat logs what an error page throws as an error of the hub's. */
    @Test
    void clientThatIsGoneIsNoFailureOfThePage() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        try (var site = new InProcessJetty()
                .filter("/error", (request, response, chain) -> recordingTo(thrown, request, response, chain))
                .servlet("/error", new ErrorServlet())) {
            site.start();

            site.send(site.request("/error"));
        }

        assertThat(thrown).isEmpty();
    }

    private static void recordingTo(
            List<Throwable> thrown, ServletRequest request, ServletResponse response, FilterChain chain) {
        try {
            chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                @Override
                public void flushBuffer() throws IOException {
                    throw new IOException("Broken pipe");
                }
            });
        } catch (IOException | ServletException e) {
            thrown.add(e);
        }
    }

    private static JsonNode assertProblem(HttpResponse<String> response, int status, String detail) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = PublishingHub.json(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).contains(detail);
        assertThat(response.body()).doesNotContain("secret");
        return problem;
    }
}
