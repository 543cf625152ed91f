package dev.tidings.ops;

import dev.tidings.http.JsonAnswer;
import dev.tidings.http.Methods;
import dev.tidings.http.Problem;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells probes whether this node lives and is ready.
 *
 * <ul>
 *   <li>{@code /health} and {@code /health/live}: 503 when only a restart helps. Restart the node then, and also when
 *       it does not answer at all.
 *   <li>{@code /health/ready}: 503 when the node cannot take requests. It should get no traffic then.
 * </ul>
 *
 * <p>A 503 gives the reasons, a sentence each. What is wrong beside that is a {@code warning}, whatever the status. No token is
 * needed, and nothing in the answer needs one.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private final transient Health health;

    public HealthServlet(Health health) {
        this.health = health;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
        switch (path) {
            case "/", "/live" -> answer(response, health.dead());
            case "/ready" -> answer(response, health.notReady());
            default -> throw Problem.notFound();
        }
    }

    private void answer(HttpServletResponse response, @Nullable String fault) throws IOException {
        var answer = new LinkedHashMap<String, String>();
        answer.put("status", fault == null ? "ok" : "unavailable");
        if (fault != null) {
            answer.put("reason", fault);
        }
        String warning = health.warning();
        if (warning != null) {
            answer.put("warning", warning);
        }
        int status = fault == null ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
        JsonAnswer.write(response, status, answer);
    }
}
