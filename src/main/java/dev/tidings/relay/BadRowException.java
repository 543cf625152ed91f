package dev.tidings.relay;

/** No event can be made of a row. Its message is the reason, for whoever wrote the row. */
final class BadRowException extends Exception {

    private static final long serialVersionUID = 1;

    BadRowException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
