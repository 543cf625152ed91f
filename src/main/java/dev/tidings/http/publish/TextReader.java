package dev.tidings.http.publish;

import dev.tidings.event.PublishFields;
import dev.tidings.event.PublishRequest;
import dev.tidings.http.Body;
import dev.tidings.http.Query;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one event from {@code text/plain}: the body is the data, to the byte; the other fields stand in the query. */
final class TextReader implements PublishReader {

    private final int maxDataBytes;

    TextReader(int maxDataBytes) {
        this.maxDataBytes = maxDataBytes;
    }

    @Override
    public long maxBodyBytes() {
        return maxDataBytes;
    }

    @Override
    public List<PublishRequest> read(
            Query fields,
            Body body,
            @Nullable String trace,
            @Nullable String inboxUser,
            Consumer<PublishRequest> check) {
        var event = new PublishFields();
        fields.forEach(pair -> event.add(pair.name(), pair.value()));
        event.add("data", body.text(maxBodyBytes()));
        return List.of(event.ofTrace(trace).build(inboxUser, maxDataBytes));
    }
}
