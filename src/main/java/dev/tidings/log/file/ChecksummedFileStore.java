package dev.tidings.log.file;

import java.nio.ByteBuffer;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * The store's file, made safe against a power cut at any moment.
 *
 * <p>A commit writes one chunk somewhere in the file, and often a header at the file's beginning that names the chunk. One
 * sync follows both. If the power fails before that sync, any of their blocks may have reached the disk. The store by itself
 * is not made for that, in two ways:
 * <ul>
 *   <li>It takes a chunk for whole if both its ends are there. So each chunk gets a {@link ChunkChecksum}, and counts as
 *       missing if the sum is wrong.
 *   <li>It trusts a header, finds no chunk there, and settles for an old chunk at the file's end although a newer one is
 *       whole. So the whole file is searched for the newest chunk that is whole, which takes a second or so a gigabyte.
 * </ul>
 *
 * <p>It is known which chunks must be there. A chunk begins only after the one before it was synced. So if a chunk is whole, or
 * a header names it, the one before must be there. After a clean shutdown the one that the header names must be there, too.
 *
 * <p><b>Threads.</b> As the store's own.
 */
final class ChecksummedFileStore extends SingleFileStore {

    private static final int BLOCK = 4096;

    /** How much of a chunk's beginning and of its end is overwritten to make both unrecognisable. */
    private static final int EDGE = 1024;

    private long headerAt;
    private long newestWhole;

    ChecksummedFileStore(Map<String, Object> config) {
        super(config);
    }

    @Override
    protected void readStoreHeader(boolean recoveryMode) {
        super.readStoreHeader(true);
        long named = DataUtils.readHexLong(getStoreHeader(), "version", 0);
        boolean clean = getStoreHeader().containsKey("clean") && headersAgree();
        long durable = Math.max(clean ? named : named - 1, newestWhole - 1);
        if (lastChunkVersion() < durable) {
            throw damaged("Version {0} is missing, found is {1}", durable, lastChunkVersion());
        }
    }

    /** Whether the two copies of the header agree. If only one reached the disk, what the store read is a mixture. */
    private boolean headersAgree() {
        ByteBuffer headers = readFully((SFChunk) null, 0, 2 * BLOCK);
        return headers.slice(0, BLOCK).equals(headers.slice(BLOCK, BLOCK));
    }

    /** The store calls this with the text that it read at a chunk's beginning, and with a chunk's entry in its own map. */
    @Override
    public SFChunk createChunk(String text) {
        SFChunk chunk = super.createChunk(text);
        if (ChunkChecksum.isIn(text)) {
            long length = (long) chunk.len * BLOCK;
            if (headerAt + length > size()
                    || !ChunkChecksum.matches(text, readFully((SFChunk) null, headerAt, (int) length))) {
                throw damaged("Not all of a chunk is there");
            }
            newestWhole = Math.max(newestWhole, chunk.version);
        }
        return chunk;
    }

    @Override
    protected void writeFully(@Nullable SFChunk chunk, long pos, ByteBuffer source) {
        if (chunk != null) {
            ChunkChecksum.write(source);
        }
        super.writeFully(chunk, pos, source);
    }

    /** Reads without being interruptible: an interrupt in the middle of a read would close the file for all. */
    @Override
    public ByteBuffer readFully(@Nullable SFChunk chunk, long pos, int len) {
        if (chunk == null) {
            headerAt = pos;
        }
        boolean interrupted = Thread.interrupted();
        try {
            return super.readFully(chunk, pos, len);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes the newest chunk unrecognisable for good. When the store is opened again, it is as it was before that chunk. */
    void discardNewest() {
        SFChunk newest = lastChunk;
        long begin = newest.block * BLOCK;
        long end = begin + (long) newest.len * BLOCK;
        super.writeFully(null, begin, ByteBuffer.allocate(EDGE));
        super.writeFully(null, end - EDGE, ByteBuffer.allocate(EDGE));
        sync();
    }

    private static MVStoreException damaged(String text, Object... values) {
        return DataUtils.newMVStoreException(DataUtils.ERROR_FILE_CORRUPT, text, values);
    }
}
