package dev.tidings.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.http.ErrorFilter;
import dev.tidings.testing.InProcessJetty;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The addresses from which requests may come. The containers' tests show the hosts that they may name. */
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
}
