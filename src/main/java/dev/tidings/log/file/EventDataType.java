package dev.tidings.log.file;

import dev.tidings.event.Event;
import dev.tidings.event.PublishRequest;
import dev.tidings.log.LogPositions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/**
 * How an event is written in a log's file: its length, a checksum, and its fields. Another layout takes another
 * {@link EventStores#FORMAT}.
 *
 * <p>The store checks that a page is where it should be, but not what is in it. Hence the checksum. Every bit of the fields is
 * inverted. The store finds its way through a file that was not closed by texts at the ends of its blocks, and a publisher's
 * data must not look like one. Inverted UTF-8 cannot spell the words of those texts.
 *
 * <p>The store's cache gets the events themselves. So all readers of a cached page share its events and their frames.
 *
 * <p><b>Threads.</b> Immutable; any.
 */
final class EventDataType extends BasicDataType<Event> {

    private static final int PRIVATE = 1;
    private static final int HAS_TYPE = 2;
    private static final int HAS_ID = 8;
    private static final int HAS_RETRY = 16;

    /** It stands at the end, so that a hub which does not know of it reads the rest. */
    private static final int HAS_TRACEPARENT = 32;

    private final LogPositions positions;

    EventDataType(LogPositions positions) {
        this.positions = positions;
    }

    @Override
    public int getMemory(Event event) {
        return event.size();
    }

    @Override
    public Event[] createStorage(int size) {
        return new Event[size];
    }

    @Override
    public void write(WriteBuffer out, Event event) {
        var fields = new WriteBuffer(event.size());
        writeFields(fields, event);
        var bytes = new byte[fields.position()];
        fields.position(0);
        fields.get(bytes);
        invert(bytes);
        out.putVarInt(bytes.length).putInt(checksum(bytes)).put(bytes);
    }

    @Override
    public Event read(ByteBuffer in) {
        int length = DataUtils.readVarInt(in);
        int checksum = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw damaged();
        }
        var bytes = new byte[length];
        in.get(bytes);
        if (checksum(bytes) != checksum) {
            throw damaged();
        }
        invert(bytes);
        return readFields(ByteBuffer.wrap(bytes));
    }

    private static void writeFields(WriteBuffer out, Event event) {
        out.putVarLong(event.sequence());
        Instant time = event.time();
        out.putVarLong(time.getEpochSecond()).putVarInt(time.getNano());
        out.put((byte) ((event.isPrivate() ? PRIVATE : 0)
                | (event.type() == null ? 0 : HAS_TYPE)
                | (event.publisherId() == null ? 0 : HAS_ID)
                | (event.retry() == null ? 0 : HAS_RETRY)
                | (event.traceparent() == null ? 0 : HAS_TRACEPARENT)));
        writeText(out, event.type());
        writeText(out, event.data());
        writeText(out, event.publisherId());
        if (event.retry() != null) {
            out.putVarInt(event.retry());
        }
        out.putVarInt(event.topics().size());
        event.topics().forEach(topic -> writeText(out, topic));
        writeText(out, event.traceparent());
    }

    private Event readFields(ByteBuffer in) {
        long sequence = DataUtils.readVarLong(in);
        Instant time = Instant.ofEpochSecond(DataUtils.readVarLong(in), DataUtils.readVarInt(in));
        int has = in.get();
        String type = (has & HAS_TYPE) == 0 ? null : readText(in);
        String data = readText(in);
        String id = (has & HAS_ID) == 0 ? null : readText(in);
        Integer retry = (has & HAS_RETRY) == 0 ? null : DataUtils.readVarInt(in);
        List<String> topics = new ArrayList<>();
        for (int left = DataUtils.readVarInt(in); left > 0; left--) {
            topics.add(readText(in));
        }
        String traceparent = (has & HAS_TRACEPARENT) == 0 ? null : readText(in);
        var request = new PublishRequest(topics, type, data, id, retry, (has & PRIVATE) != 0, traceparent);
        return Event.kept(positions.at(sequence), request, time);
    }

    private static void writeText(WriteBuffer out, @Nullable String text) {
        if (text != null) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.putVarInt(bytes.length).put(bytes);
        }
    }

    private static String readText(ByteBuffer in) {
        int length = DataUtils.readVarInt(in);
        var bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void invert(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
    }

    private static int checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static RuntimeException damaged() {
        return DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, "An event is damaged");
    }
}
