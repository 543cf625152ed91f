package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.http.ErrorFilter;
import dev.tidings.testing.InProcessJetty;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses from which requests may come, and the hosts that they may name. */
class LocalOnlyFilterTest {

    /** Has requests come from this address. */
    private static final class From extends HttpFilter {

        private final String address;

        private From(String address) {
            this.address = address;
        }

        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(
                    new HttpServletRequestWrapper(request) {
                        @Override
                        public String getRemoteAddr() {
                            return address;
                        }
                    },
                    response);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "127.1.2.3, 200",
        "::1, 200",
        "0:0:0:0:0:0:0:1, 200",
        "[::1], 200",
        "::ffff:127.0.0.1, 200",
        "10.0.0.7, 403",
        "192.168.1.1, 403",
        "203.0.113.9, 403",
        "2001:db8::1, 403",
        "fe80::1%eth0, 403",
        "0.0.0.0, 403",
        "'', 403",
        "nonsense, 403",
    })
    void onlyThisMachineIsServed(String address, int status) {
        try (InProcessJetty jetty = new InProcessJetty()
                .filter("/*", new From(address))
                .filter("/*", new ErrorFilter())
                .filter("/*", new LocalOnlyFilter())
                .servlet("/", new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) {}
                })
                .start()) {
            assertThat(jetty.send(jetty.request("/")).statusCode()).isEqualTo(status);
        }
    }

    @Test
    void onlyForThisMachineIsServed() {
        try (InProcessJetty jetty = served(new LocalOnlyFilter())) {
            for (String host : List.of("localhost", "localhost:8080", "127.0.0.1", "[::1]:8080", "app.localhost")) {
                assertThat(ask(jetty, "Host: " + host)).as(host).isEqualTo(200);
            }
            for (String host : List.of("hub.example", "127.0.0.1.example", "192.0.2.1", "localhost.example")) {
                assertThat(ask(jetty, "Host: " + host)).as(host).isEqualTo(403);
            }
        }
    }

    @Test
    void whatAProxyReportsCanOnlyCloseTheDoor() {
        try (InProcessJetty jetty = served(new LocalOnlyFilter())) {
            for (String told : List.of(
                    "Forwarded: for=127.0.0.1",
                    "Forwarded: for=127.0.0.1;host=localhost",
                    "X-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-Host: localhost",
                    "X-Forwarded-Proto: https")) {
                assertThat(ask(jetty, "Host: localhost\r\n" + told)).as(told).isEqualTo(200);
            }
            for (String told : List.of(
                    "Forwarded: for=192.0.2.1",
                    "Forwarded: for=127.0.0.1, for=192.0.2.1",
                    "Forwarded: for=192.0.2.1, for=127.0.0.1",
                    "Forwarded: for=unknown",
                    "Forwarded: host=localhost",
                    "Forwarded: for=127.0.0.1;host=hub.example",
                    "X-Forwarded-For: 192.0.2.1",
                    "X-Forwarded-For: 192.0.2.1, 127.0.0.1",
                    "X-Forwarded-For: nonsense",
                    "X-Forwarded-Host: hub.example")) {
                assertThat(ask(jetty, "Host: localhost\r\n" + told)).as(told).isEqualTo(403);
            }
        }
    }

    private static InProcessJetty served(HttpFilter filter) {
        return new InProcessJetty()
                .filter("/*", new ErrorFilter())
                .filter("/*", filter)
                .servlet("/", new HttpServlet() {
                    @Override
                    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
                        response.getOutputStream().print("served");
                    }
                })
                .start();
    }

    /** The status of the answer, which is the servlet's when it is good. */
    private static int ask(InProcessJetty jetty, String headers) {
        try (RawClient client = RawClient.connect(jetty.uri())) {
            ResponseHead head =
                    client.send("GET / HTTP/1.1\r\n" + headers + "\r\n\r\n").head();
            assertThat(client.text(head).equals("served")).isEqualTo(head.status() == 200);
            return head.status();
        }
    }
}
