package dev.tidings.http.publish;

import dev.tidings.event.InvalidRequestException;
import dev.tidings.event.PublishFields;
import dev.tidings.http.PostedForm;
import java.util.regex.Pattern;

/**
 * Tells a client that sent something else as a form what to send. Tools call their body a form unless they are told
 * otherwise, {@code curl -d} above all. "There is no field of that name" does not help a client that meant no field.
 */
final class FormHint {

    /** As it is, or with its first character escaped. */
    private static final Pattern BEGINNING_OF_JSON =
            Pattern.compile("\\s*(?:[{\\[\"]|%7[Bb]|%5[Bb]|%22).*", Pattern.DOTALL);

    private FormHint() {}

    /**
     * Returns when this may be a form with fields of ours.
     *
     * @throws InvalidRequestException when it begins like JSON, or is text without a single name and value
     */
    static void refuseWhatIsNone(String body) {
        if (BEGINNING_OF_JSON.matcher(body).matches()) {
            throw new InvalidRequestException(
                    "body",
                    "It looks like JSON and came as a form, " + PostedForm.TYPE
                            + "; send it with the header \"Content-Type: application/json\".");
        }
        boolean isText = !body.isBlank() && body.indexOf('=') < 0 && body.indexOf('&') < 0;
        if (isText && !PublishFields.isField(body)) {
            throw new InvalidRequestException(
                    "body",
                    "It has no field, and came as a form, " + PostedForm.TYPE
                            + "; write msg=… before a text, or send it with the header \"Content-Type: text/plain\".");
        }
    }
}
