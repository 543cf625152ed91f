package dev.tidings.log.file;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.h2.store.fs.FilePath;

/**
 * A disk under one log file that counts its syncs, runs full, hangs, and loses its power.
 *
 * <p>It sits between MVStore and the real file as {@link TestDiskLayer}. What was written is in the real file at
 * once, as if in the operating system's memory; what was there at the last sync is remembered beside it.
 *
 * <p><b>Threads.</b> Any.
 */
final class TestDisk {

    /** The prefix that leads MVStore here. */
    static final String LAYER = "testdisk:";

    private static final int BLOCK = 4096;
    private static final Map<String, TestDisk> DISKS = new ConcurrentHashMap<>();

    static {
        FilePath.register(new TestDiskLayer());
    }

    private final Path file;
    private byte[] synced = {};
    private byte[] before = {};
    private int syncs;
    private boolean full;
    private boolean failing;
    private volatile CountDownLatch free = new CountDownLatch(0);
    private volatile CountDownLatch readable = new CountDownLatch(0);

    /** The disk under that file. */
    TestDisk(Path file) {
        this.file = file;
        DISKS.put(file.toString(), this);
    }

    static TestDisk under(String file) {
        return DISKS.get(file);
    }

    /** How many times the file was forced onto the disk. */
    synchronized int syncs() {
        return syncs;
    }

    /** From now on writes get half of their bytes in, and fail. */
    synchronized void fill() {
        full = true;
    }

    /** From now on writes reach the operating system, and syncs fail. */
    synchronized void breakSyncs() {
        failing = true;
    }

    /** From now on syncs take until {@link #goOn}. */
    void hold() {
        free = new CountDownLatch(1);
    }

    /** From now on reads take until {@link #goOn}. */
    void holdReads() {
        readable = new CountDownLatch(1);
    }

    /** What is held is done, and what is to come. */
    void goOn() {
        free.countDown();
        readable.countDown();
    }

    /** From now on all is well again. */
    synchronized void mend() {
        full = false;
        failing = false;
    }

    /** The file as it was at the last sync, put there. */
    synchronized void cutPower(Path survivor) throws IOException {
        Files.write(survivor, synced);
    }

    /** The file with any of the blocks that were written since the last sync, put there. */
    synchronized void cutPower(Path survivor, Random random) throws IOException {
        byte[] written = Files.readAllBytes(file);
        int length = random.nextBoolean() ? written.length : synced.length;
        byte[] image = Arrays.copyOf(synced, length);
        for (int at = 0; at < Math.min(length, written.length); at += BLOCK) {
            if (random.nextBoolean()) {
                System.arraycopy(written, at, image, at, Math.min(BLOCK, Math.min(length, written.length) - at));
            }
        }
        Files.write(survivor, image);
    }

    /** In which blocks the last sync changed the file. */
    synchronized List<Integer> lastChanged() {
        return IntStream.range(0, (Math.max(before.length, synced.length) + BLOCK - 1) / BLOCK)
                .filter(block -> !Arrays.equals(
                        before,
                        start(before, block),
                        start(before, block + 1),
                        synced,
                        start(synced, block),
                        start(synced, block + 1)))
                .boxed()
                .toList();
    }

    /** The file as if the power had failed in the last sync, when only these of its blocks were on the disk. */
    synchronized void cutPowerInLastSync(Path survivor, List<Integer> arrived) throws IOException {
        int end = arrived.stream()
                .mapToInt(block -> start(synced, block + 1))
                .max()
                .orElse(0);
        byte[] image = Arrays.copyOf(before, Math.max(before.length, end));
        for (int block : arrived) {
            int start = start(synced, block);
            System.arraycopy(synced, start, image, start, start(synced, block + 1) - start);
        }
        Files.write(survivor, image);
    }

    synchronized void opened() {
        synced = content();
    }

    /** How many of these bytes may be written. */
    synchronized int room(int bytes) {
        return full ? bytes / 2 : bytes;
    }

    void sync() throws IOException {
        await(free);
        syncNow();
    }

    void awaitReadable() throws IOException {
        await(readable);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException();
        }
    }

    private synchronized void syncNow() throws IOException {
        if (failing) {
            throw new IOException("Input/output error");
        }
        syncs++;
        before = synced;
        synced = content();
    }

    /** Where this block of these bytes begins, or would if there were so many. */
    private static int start(byte[] bytes, int block) {
        return Math.min(bytes.length, block * BLOCK);
    }

    private byte[] content() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
