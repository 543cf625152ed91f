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
 * <p>Each is a list. Proxies append to it or replace it, so the entries of one hop are counted from the right. Where a
 * list is shorter than the others, its first entry is the outermost proxy's.
 *
 * <p><b>Threads.</b> Any.
 */
public final class XForwardedHeaders {

    private XForwardedHeaders() {}

    /** Returns the hops that the proxies report, the nearest proxy last. */
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
