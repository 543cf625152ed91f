package dev.tidings.http.proxy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code X-Forwarded-For}, {@code -Proto} and {@code -Host}, which no standard describes.
 *
 * <p>Each is a list to which proxies append, or which they replace. What belongs together is therefore
 * counted from the right; where a list is shorter, its first entry is what the outermost proxy said.
 */
public final class XForwardedHeaders {

    private XForwardedHeaders() {}

    /** What the proxies say, the nearest one last. */
    public static List<Hop> of(HttpServletRequest request) {
        List<String> addresses = entries(request, "X-Forwarded-For");
        List<String> schemes = entries(request, "X-Forwarded-Proto");
        List<String> hosts = entries(request, "X-Forwarded-Host");
        int count = addresses.isEmpty() && schemes.isEmpty() && hosts.isEmpty() ? 0 : Math.max(1, addresses.size());
        var hops = new ArrayList<Hop>();
        for (int fromRight = count - 1; fromRight >= 0; fromRight--) {
            String address = addresses.isEmpty() ? null : entry(addresses, fromRight);
            String scheme = entry(schemes, fromRight);
            hops.add(new Hop(
                    address == null ? null : IpLiteral.parseNode(address),
                    scheme == null ? null : scheme.toLowerCase(Locale.ROOT),
                    entry(hosts, fromRight)));
        }
        return hops;
    }

    private static @Nullable String entry(List<String> entries, int fromRight) {
        return entries.isEmpty() ? null : entries.get(Math.max(0, entries.size() - 1 - fromRight));
    }

    private static List<String> entries(HttpServletRequest request, String name) {
        return Collections.list(request.getHeaders(name)).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
