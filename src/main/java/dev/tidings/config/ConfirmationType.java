package dev.tidings.config;

import dev.tidings.config.Confirmation.Copy;
import java.time.Duration;

/** What a publish waits for beyond the answer of Redis, and for how long: {@code none}, {@code disk}, {@code replica 500ms}. */
record ConfirmationType() implements ValueType<Confirmation> {

    static final String NONE = "none";

    private static final DurationType LIMIT = new DurationType("1ms", "1m");
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(1);

    @Override
    public Confirmation parse(String text) {
        if (text.equals(NONE)) {
            return new Confirmation(Copy.NONE, Duration.ZERO);
        }
        String[] words = text.split(" +", 2);
        Duration limit = words.length == 1 ? USUAL_LIMIT : LIMIT.parse(words[1]);
        return switch (words[0]) {
            case "replica" -> new Confirmation(Copy.REPLICA, limit);
            case "disk" -> new Confirmation(Copy.DISK, limit);
            default -> throw new IllegalArgumentException("is none of the three");
        };
    }

    @Override
    public String allowed() {
        return "none, replica or disk, and after replica or disk a time from 1ms to 1m, as in replica 500ms";
    }
}
