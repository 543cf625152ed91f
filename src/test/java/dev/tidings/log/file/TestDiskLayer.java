package dev.tidings.log.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePathWrapper;

/** How MVStore finds a {@link TestDisk}: it makes instances of this by itself. */
public final class TestDiskLayer extends FilePathWrapper {

    @Override
    public String getScheme() {
        return "testdisk";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        TestDisk disk = TestDisk.under(getBase().toString());
        disk.opened();
        return new Channel(getBase().open(mode), disk);
    }

    private static final class Channel extends FileBaseDefault {

        private final FileChannel file;
        private final TestDisk disk;

        Channel(FileChannel file, TestDisk disk) {
            this.file = file;
            this.disk = disk;
        }

        /** Without the lock: a read that hangs holds up no write. */
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized")
        public int read(ByteBuffer target, long position) throws IOException {
            disk.awaitReadable();
            return file.read(target, position);
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            int length = source.remaining();
            int room = disk.room(length);
            synchronized (disk) {
                file.write(source.slice(source.position(), room), position);
            }
            if (room < length) {
                throw new IOException("No space left on device");
            }
            source.position(source.limit());
            return length;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            disk.sync();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            synchronized (disk) {
                file.truncate(size);
            }
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
