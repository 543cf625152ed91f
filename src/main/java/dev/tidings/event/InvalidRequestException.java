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

    private final String field;
    private final String detail;

    /**
     * @param field the field as the client wrote it
     * @param detail a sentence that says what is wrong with it and what would be right
     */
    public InvalidRequestException(String field, String detail) {
        super(field + ": " + detail, null, false, false);
        this.field = field;
        this.detail = detail;
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
