package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;

/**
 * What a hub's metrics say at one time.
 *
 * @param series the value of each series, by its name with its labels as it is written
 */
public record Scrape(Map<String, Double> series) {

    private static final int PATIENCE_MILLIS = 60_000;

    /** Reads the metrics of the hub at this address, which has to be open with them. */
    public static Scrape of(URI hub) {
        try {
            var connection =
                    (HttpURLConnection) URI.create(hub + "/metrics").toURL().openConnection();
            if (connection instanceof HttpsURLConnection secure) {
                secure.setSSLSocketFactory(KeyStoreFile.contextOfTheBuild().getSocketFactory());
            }
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            try (var in = connection.getInputStream()) {
                return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scrape parse(String text) {
        var series = new LinkedHashMap<String, Double>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            series.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
        });
        return new Scrape(series);
    }

    /** The sum over all labels of the metric of this name. */
    public long sum(String metric) {
        return Math.round(series.entrySet().stream()
                .filter(each -> nameOf(each.getKey()).equals(metric))
                .mapToDouble(Map.Entry::getValue)
                .sum());
    }

    /** How much the series of this metric have grown since, by their labels; those that have not are left out. */
    public Map<String, Long> growth(String metric, Scrape before) {
        var growth = new LinkedHashMap<String, Long>();
        series.forEach((name, value) -> {
            long more = Math.round(value - before.series.getOrDefault(name, 0.0));
            if (nameOf(name).equals(metric) && more != 0) {
                growth.put(name.replaceAll(".*=\"|\"}", ""), more);
            }
        });
        return growth;
    }

    private static String nameOf(String series) {
        return series.replaceFirst("\\{.*", "");
    }
}
