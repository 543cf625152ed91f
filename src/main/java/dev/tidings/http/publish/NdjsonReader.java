package dev.tidings.http.publish;

import dev.tidings.auth.ForbiddenException;
import dev.tidings.event.Event;
import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishRequest;
import dev.tidings.event.TooLargeException;
import dev.tidings.http.Body;
import dev.tidings.http.JsonFields;
import dev.tidings.http.Problem;
import dev.tidings.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads many events from {@code application/x-ndjson}: one JSON object a line. One bad line refuses
 * them all, and the refusal says which it is, counted from 1. Blank lines are ignored, and counted; so is a byte order
 * mark before the first.
 *
 * <p>At most {@value #MAX_LINES} events and {@value #MAX_BYTES} bytes, since they are published as one
 * unit: to a log that others are waiting for, and all in memory.
 */
final class NdjsonReader implements PublishReader {

    static final int MAX_LINES = 1_000;
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final int maxDataBytes;

    NdjsonReader(int maxDataBytes) {
        this.maxDataBytes = maxDataBytes;
    }

    @Override
    public long maxBodyBytes() {
        return MAX_BYTES;
    }

    @Override
    public List<PublishRequest> read(
            Query fields,
            Body body,
            @Nullable String trace,
            @Nullable String inboxUser,
            Consumer<PublishRequest> check) {
        PublishReader.refuseFields(fields);
        String text = body.text(maxBodyBytes());
        var requests = new ArrayList<PublishRequest>();
        int number = 1;
        for (int start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0; start < text.length(); number++) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String line = text.substring(start, end);
            start = end + 1;
            if (!line.isBlank()) {
                requests.add(read(line, number, trace, inboxUser, check));
            }
            if (requests.size() > MAX_LINES) {
                throw new Problem(413, "The body has more than " + MAX_LINES + " events; publish in parts.");
            }
        }
        if (requests.isEmpty()) {
            throw new InvalidRequestException("body", "It is empty; write one event as JSON a line.");
        }
        return requests;
    }

    @Override
    public Map<String, ?> answer(List<Event> events) {
        return Map.of("ids", events.stream().map(Event::id).toList());
    }

    private PublishRequest read(
            String line,
            int number,
            @Nullable String trace,
            @Nullable String inboxUser,
            Consumer<PublishRequest> check) {
        try {
            PublishRequest request = JsonFields.of(line).ofTrace(trace).build(inboxUser, maxDataBytes);
            check.accept(request);
            return request;
        } catch (InvalidRequestException | ForbiddenException | TooLargeException refusal) {
            throw Problem.of(refusal).at("Line " + number);
        }
    }
}
