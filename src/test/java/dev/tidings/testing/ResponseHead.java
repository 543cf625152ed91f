package dev.tidings.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The status line and headers of a response, as they came over the wire.
 *
 * @param status the status code, 100 and 200 alike
 * @param headers the values in the order they came, by name; names are found in any case. Bytes are read as UTF-8,
 *     which shows what a container made of a header that is not ASCII.
 */
public record ResponseHead(int status, Map<String, List<String>> headers) {

    /** The first value of the header {@code name}, or the empty string where there is none. */
    public String header(String name) {
        return headers(name).stream().findFirst().orElse("");
    }

    /** All values of the header {@code name}, one for each line it came on. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    static ResponseHead read(InputStream in) throws IOException {
        String statusLine = Wire.readLine(in);
        String[] parts = statusLine.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/1.")) {
            throw new StreamCorruptedException("Not a status line: " + statusLine);
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = Wire.readLine(in); !line.isEmpty(); line = Wire.readLine(in)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new StreamCorruptedException("Not a header: " + line);
            }
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new ResponseHead(Integer.parseInt(parts[1]), headers);
    }
}
