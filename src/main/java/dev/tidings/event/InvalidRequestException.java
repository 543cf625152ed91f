package dev.tidings.event;

/**
 * A request breaks a rule: HTTP 400 at the doors.
 *
 * <p>The message is the field, a colon and the detail: a sentence that says what to do. The client that sent the
 * request reads it, so it never repeats what may be secret or long. The exception carries no stack trace: a refusal
 * is an answer, not a fault, and a flood of bad requests should cost little.
 */
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** A longer one is no name but perhaps a token whose {@code token=} was forgotten. */
    private static final int LONGEST_FIELD = 32;

    private final String field;
    private final String detail;

    /**
     * @param field the field as the client wrote it, who may have written anything
     * @param detail a sentence that says what is wrong with it and what would be right
     */
    public InvalidRequestException(String field, String detail) {
        super(shown(field) + ": " + detail, null, false, false);
        this.field = shown(field);
        this.detail = detail;
    }

    /** As an error may repeat it: not every name can be written as UTF-8, or read by a person. */
    private static String shown(String field) {
        return field.length() > LONGEST_FIELD
                ? "a name of " + field.length() + " characters"
                : field.replaceAll("[\\p{Cntrl}\\p{Cs}]", "\uFFFD");
    }

    /** The field that is to blame. */
    public String field() {
        return field;
    }

    /** What is wrong with the field, without its name. */
    public String detail() {
        return detail;
    }

    /** The same refusal at a door that has another name for the field. */
    public InvalidRequestException of(String otherField) {
        return new InvalidRequestException(otherField, detail);
    }
}
