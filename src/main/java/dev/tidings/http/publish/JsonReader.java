package dev.tidings.http.publish;

import dev.tidings.event.PublishRequest;
import dev.tidings.http.Body;
import dev.tidings.http.JsonFields;
import dev.tidings.http.Query;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one event from {@code application/json}: an object whose members are its fields. */
final class JsonReader implements PublishReader {

    /** {@code \}{@code u000a}: how long one byte may become. */
    private static final long ESCAPE = 6;

    private final int maxDataBytes;

    JsonReader(int maxDataBytes) {
        this.maxDataBytes = maxDataBytes;
    }

    @Override
    public long maxBodyBytes() {
        return ESCAPE * ((long) maxDataBytes + Body.FIELDS_BYTES);
    }

    @Override
    public List<PublishRequest> read(
            Query fields,
            Body body,
            @Nullable String trace,
            @Nullable String inboxUser,
            Consumer<PublishRequest> check) {
        PublishReader.refuseFields(fields);
        String json = body.text(maxBodyBytes());
        return List.of(JsonFields.of(json).ofTrace(trace).build(inboxUser, maxDataBytes));
    }
}
