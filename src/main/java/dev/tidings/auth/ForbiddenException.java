package dev.tidings.auth;

/**
 * The token is good and does not allow this: 403.
 *
 * <p>An answer, not a fault, so it carries no stack trace.
 */
public final class ForbiddenException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String topic;

    /**
     * @param topic what was not granted: a topic, or the path of a resource, which is a topic too
     * @param reason a sentence for the caller that names the topic and says what would help
     */
    public ForbiddenException(String topic, String reason) {
        super(reason, null, false, false);
        this.topic = topic;
    }

    /** The topic that was not granted. */
    public String topic() {
        return topic;
    }
}
