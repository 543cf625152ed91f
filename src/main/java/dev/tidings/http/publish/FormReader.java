package dev.tidings.http.publish;

import dev.tidings.event.PublishFields;
import dev.tidings.event.PublishRequest;
import dev.tidings.http.Body;
import dev.tidings.http.PostedForm;
import dev.tidings.http.Query;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one event from {@code application/x-www-form-urlencoded}. */
final class FormReader implements PublishReader {

    private final int maxDataBytes;

    FormReader(int maxDataBytes) {
        this.maxDataBytes = maxDataBytes;
    }

    @Override
    public long maxBodyBytes() {
        return PostedForm.maxBytes(maxDataBytes);
    }

    @Override
    public List<PublishRequest> read(
            Query fields,
            Body body,
            @Nullable String trace,
            @Nullable String inboxUser,
            Consumer<PublishRequest> check) {
        PublishReader.refuseFields(fields);
        var event = new PublishFields();
        String form = body.text(maxBodyBytes());
        FormHint.refuseWhatIsNone(form);
        Query.parseForm(form).forEach(pair -> event.add(pair.name(), pair.value()));
        return List.of(event.ofTrace(trace).build(inboxUser, maxDataBytes));
    }
}
