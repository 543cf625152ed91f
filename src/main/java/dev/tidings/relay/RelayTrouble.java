package dev.tidings.relay;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What hinders a relay, and which of its reasons the log has been told.
 *
 * <p>The reason may change while the trouble lasts: a database that was away comes back, and is read only. So each reason is told, but
 * once. Numbers in it do not count, since drivers write that of the connection into theirs. After {@value #MOST_TOLD} no more are told.
 *
 * <p><b>Threads.</b> One begins and ends trouble. Any may ask for the {@link #sentence}.
 */
final class RelayTrouble {

    private static final int MOST_TOLD = 20;
    private static final int MOST_COMPARED = 500;

    /** Decimal and hexadecimal ones, and UUIDs. */
    private static final Pattern NUMBER = Pattern.compile("\\b[0-9a-fA-F-]*[0-9][0-9a-fA-F-]*\\b");

    /**
     * What hinders.
     *
     * @param since by {@link #nanoTime}
     */
    private record Present(String what, long since) {}

    private final LongSupplier nanoTime;
    private final Set<String> told = new HashSet<>();
    private volatile @Nullable Present present;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    RelayTrouble(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * This hinders now. What hindered before, and has not ended, is part of the same trouble.
     *
     * @param what is the beginning of the sentence
     * @return whether the log has to be told this reason
     */
    boolean begin(String what, @Nullable String reason) {
        Present before = present;
        present = new Present(what, before == null ? nanoTime.getAsLong() : before.since());
        return told.size() < MOST_TOLD && told.add(kind(String.valueOf(reason)));
    }

    private static String kind(String reason) {
        String beginning = reason.substring(0, Math.min(reason.length(), MOST_COMPARED));
        return NUMBER.matcher(beginning).replaceAll("0");
    }

    /** Nothing hinders now. Returns whether anything did. */
    boolean end() {
        if (present == null) {
            return false;
        }
        present = null;
        told.clear();
        return true;
    }

    /** What hinders and for how long, without a full stop; null if nothing does. */
    @Nullable
    String sentence() {
        Present now = present;
        return now == null
                ? null
                : now.what() + " for "
                        + Duration.ofNanos(nanoTime.getAsLong() - now.since()).toSeconds() + " s; the log says why";
    }
}
