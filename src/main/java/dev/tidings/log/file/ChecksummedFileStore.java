package dev.tidings.log.file;

import java.nio.ByteBuffer;
import java.util.Map;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.SFChunk;
import org.h2.mvstore.SingleFileStore;
import org.jspecify.annotations.Nullable;

/**
 * The store's file, written and opened as one must be whose every commit counts.
 *
 * <p>A commit writes one chunk, somewhere in the file, and often a header at its beginning that says where,
 * and one sync follows both. When the power fails before that sync any of their blocks may have reached the
 * disk, and the store of itself is not made for that. It would take a chunk for whole whose two ends are
 * there, so each gets a {@link ChunkChecksum} and counts as missing without the right one. And it would trust a header,
 * find nothing there and settle for an old chunk at the file's end although a newer one is whole; so the
 * whole file is looked through for the newest version of which all is there, a second or so for a gigabyte.
 *
 * <p>What must be found is known: a chunk begins only after the one before it was synced. So when one is there whole, or
 * a header names it, the one before must be there; and the one that a header names at a clean shutdown, too.
 *
 * <p><b>Threads.</b> As the store's own.
 */
final class ChecksummedFileStore extends SingleFileStore {

    private static final int BLOCK = 4096;

    /** Enough of a chunk's end, and of its beginning, to make both unrecognisable. */
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

    /** The header is there twice. If only one of the two arrived, what the store read is a mixture. */
    private boolean headersAgree() {
        ByteBuffer headers = readFully((SFChunk) null, 0, 2 * BLOCK);
        return headers.slice(0, BLOCK).equals(headers.slice(BLOCK, BLOCK));
    }

    /** Called with the text at a chunk's beginning, just read, and with a chunk's entry in the store's own map. */
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

    /** Not interruptible: an interrupt in the middle of a read closes the file for all. */
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

    /** Makes the newest chunk unrecognisable, for good: opened again, the store is as it was before it. */
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
