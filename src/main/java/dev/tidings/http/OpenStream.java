package dev.tidings.http;

import java.time.Instant;

/**
 * An open stream of any kind, as those see it that serve all of them: its {@link StreamWriter} and the timer.
 *
 * <p><b>Threads.</b> {@link #turn} is a writer's, perhaps two writers' at a time when the stream changes from one to the
 * other; {@link #tick} is the timer's; {@link #replaying} is for any. None may wait.
 */
public interface OpenStream {

    /** Whether it should be written to apart from the streams that are live, since it reads history. */
    boolean replaying();

    /**
     * Writes what there is, as long as it is taken.
     *
     * @return until when, by {@link System#nanoTime}, the stream rests and is to be asked again; 0 if it does not
     */
    long turn();

    /** Looks at the time, four times a second. */
    void tick(Instant now);
}
