package dev.tidings.ops;

import dev.tidings.http.Authentication;
import dev.tidings.http.Methods;
import dev.tidings.http.OperatorGrant;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of this node at {@code GET /metrics}, in the text format of Prometheus, or that of OpenMetrics for whoever accepts it.
 *
 * <p>They are read once a second at most, since reading them looks at every stream, and strangers may ask.
 *
 * <p><b>Threads.</b> The container's.
 */
public final class MetricsServlet extends HttpServlet {

    public static final String PATH = "/metrics";

    private static final long serialVersionUID = 1;

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final transient Metrics metrics;
    private final boolean isOpen;
    private final transient ExpositionFormatWriter openMetrics =
            OpenMetricsTextFormatWriter.builder().build();
    private final transient ExpositionFormatWriter text =
            PrometheusTextFormatWriter.builder().build();
    private transient @Nullable MetricSnapshots read;
    private transient long readAt;

    /** @param isOpen whether everybody may read them, and not only whoever has a subscribe selector that names them */
    public MetricsServlet(Metrics metrics, boolean isOpen) {
        this.metrics = metrics;
        this.isOpen = isOpen;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Methods.requireRead(request);
        if (!isOpen) {
            OperatorGrant.requireToRead(Authentication.of(request), List.of(PATH), PATH);
        }
        String accept = request.getHeader("Accept");
        ExpositionFormatWriter writer = openMetrics.accepts(accept) ? openMetrics : text;
        var body = new ByteArrayOutputStream();
        writer.write(body, snapshots());
        response.setContentType(writer.getContentType());
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(body.size());
        body.writeTo(response.getOutputStream());
    }

    private synchronized MetricSnapshots snapshots() {
        MetricSnapshots snapshots = read;
        if (snapshots == null || System.nanoTime() - readAt > FRESH_NANOS) {
            snapshots = metrics.read();
            read = snapshots;
            readAt = System.nanoTime();
        }
        return snapshots;
    }
}
