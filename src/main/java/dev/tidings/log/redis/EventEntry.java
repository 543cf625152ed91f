package dev.tidings.log.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tidings.event.PublishRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is published, as the bytes of an entry: all of it but the publisher's id, which the script has to see, and the
 * trace. That is a field of its own, which a hub that does not know of it passes over.
 *
 * <p>A byte of flags; the type, if there is one, after its length in a byte; {@code retry}, if there is one, in four bytes; how
 * many topics, in two bytes; each of them after its length in two bytes; the data.
 */
final class EventEntry {

    private static final int PRIVATE = 1;
    private static final int HAS_TYPE = 2;
    private static final int HAS_RETRY = 4;

    private EventEntry() {}

    static byte[] of(PublishRequest request) {
        byte[] type = request.type() == null ? new byte[0] : request.type().getBytes(UTF_8);
        byte[] data = request.data().getBytes(UTF_8);
        List<byte[]> topics = new ArrayList<>();
        int size = 1 + 1 + type.length + Integer.BYTES + Short.BYTES + data.length;
        for (String topic : request.topics()) {
            byte[] bytes = topic.getBytes(UTF_8);
            size += Short.BYTES + bytes.length;
            topics.add(bytes);
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.put((byte) ((request.isPrivate() ? PRIVATE : 0)
                | (request.type() == null ? 0 : HAS_TYPE)
                | (request.retry() == null ? 0 : HAS_RETRY)));
        if (request.type() != null) {
            out.put((byte) type.length).put(type);
        }
        if (request.retry() != null) {
            out.putInt(request.retry());
        }
        out.putShort((short) topics.size());
        topics.forEach(topic -> out.putShort((short) topic.length).put(topic));
        out.put(data);
        var bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    /**
     * Reads an entry.
     *
     * @param id the publisher's id, or null
     * @param traceparent the trace, or null
     * @throws RuntimeException if no hub can have written these bytes
     */
    static PublishRequest read(byte[] bytes, @Nullable String id, @Nullable String traceparent) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int flags = in.get();
        String type = (flags & HAS_TYPE) == 0 ? null : text(in, Byte.toUnsignedInt(in.get()));
        Integer retry = (flags & HAS_RETRY) == 0 ? null : in.getInt();
        var topics = new ArrayList<String>();
        for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
            topics.add(text(in, Short.toUnsignedInt(in.getShort())));
        }
        String data = text(in, in.remaining());
        return new PublishRequest(topics, type, data, id, retry, (flags & PRIVATE) != 0, traceparent);
    }

    private static String text(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, UTF_8);
    }
}
