package dev.tidings.event;

import java.util.ArrayList;
import java.util.List;

/**
 * What is left of the topics of an event that was erased: for each a mark of {@value #MARK_BITS} bits.
 *
 * <p>Whoever resumes across an erased event is told of a gap if the event was for them. A mark is enough for that, and does not
 * tell the topic: many topics have the same mark. So a few streams are told of a gap that is none of theirs.
 *
 * <p>The marks are written as topics under {@code /hub}, where nobody may publish. No selector but one that names that place
 * selects them, so that an earlier version of Tidings, which takes what is left for an event, gives it to no user.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ErasedTopics {

    static final int MARK_BITS = 12;

    private static final String PREFIX = "/hub/erased/";
    private static final String INBOX = PREFIX + "inbox/";
    private static final String PRIVATE = PREFIX + "private/";
    private static final String PUBLIC = PREFIX + "public/";

    private static final int HEX = 16;

    private static final int SPREAD = 0x9E3779B9;

    private ErasedTopics() {}

    /** What is left of these. */
    static List<String> of(List<String> topics, boolean isPrivate) {
        var left = new ArrayList<String>(topics.size());
        for (String topic : topics) {
            String kind = Topic.isUsers(topic) ? INBOX : isPrivate ? PRIVATE : PUBLIC;
            left.add(kind + Integer.toHexString(mark(topic)));
        }
        return left;
    }

    /** Whether these are what is left of others. */
    static boolean are(List<String> topics) {
        return topics.get(0).startsWith(PREFIX);
    }

    /** Whether the event that had them was private. */
    public static boolean werePrivate(List<String> left) {
        return !left.get(0).startsWith(PUBLIC);
    }

    /** Whether the topic of which this is left was under {@code /users/}. */
    public static boolean wasInbox(String left) {
        return left.startsWith(INBOX);
    }

    /** Whether this may be left of that topic. It is true for about one in four thousand of the others, too. */
    public static boolean mayBeLeftOf(String left, String topic) {
        int mark = Integer.parseInt(left, left.lastIndexOf('/') + 1, left.length(), HEX);
        return mark(topic) == mark && Topic.isUsers(topic) == wasInbox(left);
    }

    /** Cheap, since a text keeps its hash. */
    private static int mark(String topic) {
        return topic.hashCode() * SPREAD >>> Integer.SIZE - MARK_BITS;
    }
}
