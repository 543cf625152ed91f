package dev.tidings.stream;

import dev.tidings.hub.Sink;
import dev.tidings.hub.Subscriber;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An open stream of any kind, as those see it that serve all of them: its {@link StreamWriter} and the timer.
 *
 * <p>It is a link of its writer's queue itself. So waking it needs no memory, and fails for no lack of any.
 *
 * <p><b>Threads.</b> {@link #wake} and {@link #replaying} are for any; {@link #writePending} is a writer's, perhaps two writers'
 * at a time when the stream changes from one to the other; {@link #tick} is the timer's. None may wait.
 */
public abstract class OpenStream implements Sink {

    /** Who serves open streams. */
    interface Service {

        /** Has the timer look after a stream. */
        void add(OpenStream stream);

        /** Has a stream written to, by a writer that suits it. */
        void enqueue(OpenStream stream);
    }

    private final Service service;

    /** Whether it waits for a writer, or rests with one. */
    private final AtomicBoolean queued = new AtomicBoolean();

    /** The one that comes after it where its writer has put it. Its writer's own. */
    @Nullable
    OpenStream next;

    /** Until when it rests, by {@link System#nanoTime}. Its writer's own. */
    long restEnd;

    /** One that nobody serves yet. */
    protected OpenStream(Service service) {
        this.service = service;
    }

    /** Has a writer write to it when its turn comes. Never blocks, and allocates nothing. */
    @Override
    public final void wake() {
        if (!queued.getAndSet(true)) {
            service.enqueue(this);
        }
    }

    /** From now on {@link #wake} has it queued again. A turn begins with this, before it looks what there is to write. */
    protected final void dequeued() {
        queued.set(false);
    }

    /** Begins to have the timer look after it. */
    protected final void register() {
        service.add(this);
    }

    /** Whose events it writes. */
    public abstract Subscriber subscriber();

    /** Whether it should be written to apart from the streams that are live, since it reads history. */
    protected abstract boolean replaying();

    /**
     * Writes what there is, as long as it is taken.
     *
     * @return until when, by {@link System#nanoTime}, the stream rests and is to be asked again; 0 if it does not
     */
    protected abstract long writePending();

    /**
     * Looks at the time.
     *
     * @param now the time of day, by which tokens end
     * @param nanos the same moment by a clock that only goes forward, as {@link System#nanoTime}
     * @return whether the timer has to go on looking; false when the stream is over, and all that is left of it is the
     *     container's
     */
    protected abstract boolean tick(Instant now, long nanos);
}
