package dev.tidings.stream;

import dev.tidings.hub.Sink;
import dev.tidings.hub.Subscriber;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An open stream of any kind, as its {@link StreamWriter} and the timer see it.
 *
 * <p>The stream is itself a link of its writer's queue. So waking it needs no memory, and works when memory has run
 * out.
 *
 * <p><b>Threads.</b> {@link #wake} and {@link #replaying} are for any; {@link #writePending} is a writer's, perhaps
 * two writers' at a time when the stream changes from one to the other; {@link #tick} is the timer's. None may wait.
 */
public abstract class OpenStream implements Sink {

    /** Serves open streams. */
    interface Service {

        /** Adds a stream to those that the timer checks. */
        void add(OpenStream stream);

        /** Queues a stream at a writer that suits it. */
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

    /** Makes a stream that is not served yet. */
    protected OpenStream(Service service) {
        this.service = service;
    }

    /** Queues it at its writer, unless it is queued. Never blocks, and allocates nothing. */
    @Override
    public final void wake() {
        if (!queued.getAndSet(true)) {
            service.enqueue(this);
        }
    }

    /**
     * From now on {@link #wake} queues it again. {@link #writePending} calls this first, before it looks for what
     * there is to write.
     */
    protected final void dequeued() {
        queued.set(false);
    }

    /** Registers it with the timer. */
    protected final void register() {
        service.add(this);
    }

    /** Returns the subscriber that this stream writes for. */
    public abstract Subscriber subscriber();

    /** Whether it reads history, and so should be written to apart from the streams that are live. */
    protected abstract boolean replaying();

    /**
     * Writes what is pending, as far as the socket takes it, and a bounded amount of it.
     *
     * @return until when, by {@link System#nanoTime}, the stream rests and is to be asked again; 0 if it does not
     */
    protected abstract long writePending();

    /**
     * Checks what has become due.
     *
     * @param now the time of day, by which tokens end
     * @param nanos the same moment by a clock that only goes forward, as {@link System#nanoTime}
     * @return whether the timer has to go on checking; false when the stream has ended, and the rest is up to the
     * container
     */
    protected abstract boolean tick(Instant now, long nanos);
}
