package dev.tidings.log.file;

import static dev.tidings.log.Requests.AMPLE;
import static dev.tidings.log.Requests.WAIT;
import static dev.tidings.log.Requests.append;
import static dev.tidings.log.Requests.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.auth.Revocation;
import dev.tidings.auth.RevocationStore;
import dev.tidings.auth.Revocations;
import dev.tidings.hub.Erasure;
import dev.tidings.hub.LogUnavailableException;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revocations in the file of a log, on disks that fail. */
class FileRevocationsTest {

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();
    private final Revocations index = new Revocations(clock);
    private TestDisk disk;
    private FileLog log;
    private RevocationStore store;

    @BeforeEach
    void open() {
        Path file = folder.resolve("log");
        disk = new TestDisk(file);
        log = FileLog.open(file, TestDisk.LAYER, AMPLE, clock, WAIT);
        store = log.revocations(index);
        log.follow(events -> {});
    }

    @AfterEach
    void close() {
        log.close();
    }

    private Revocation ofToken(String jti) {
        return Revocation.ofToken(jti, until());
    }

    private Instant until() {
        return clock.instant().plus(Duration.ofDays(1));
    }

    /** What a hub knows that begins with this file. */
    private List<Revocation> in(Path file) {
        var found = new Revocations(clock);
        try (FileLog other = FileLog.open(file, AMPLE, clock, WAIT)) {
            other.revocations(found);
            return found.all();
        }
    }

    @Test
    void everyAnsweredRevocationIsThereWhenThePowerFailsAtOnce() throws Exception {
        for (int n = 0; n < 20; n++) {
            store.keep(ofToken("t" + n));
            append(log, "" + n);
            Path survivor = folder.resolve("survivor-" + n);
            disk.cutPower(survivor);
            assertThat(in(survivor)).containsExactlyElementsOf(index.all()).hasSize(n + 1);
        }
    }

    @Test
    void withdrawnRevocationIsGoneWhenThePowerFails() throws Exception {
        store.keep(ofToken("t1"));
        Revocation second = store.keep(ofToken("t2"));
        assertThat(store.withdraw(second.id())).isTrue();
        assertThat(store.withdraw(second.id())).isFalse();
        Path survivor = folder.resolve("survivor");
        disk.cutPower(survivor);
        assertThat(in(survivor)).extracting(Revocation::jti).containsExactly("t1");
    }

    @Test
    void laterTimesAreThoseThatAreKept() throws Exception {
        store.keep(Revocation.ofUser("alice", clock.instant(), until().plusSeconds(9)));
        store.keep(Revocation.ofUser("alice", clock.instant().plusSeconds(5), until()));
        Path survivor = folder.resolve("survivor");
        disk.cutPower(survivor);
        assertThat(in(survivor))
                .containsExactly(Revocation.ofUser("alice", clock.instant().plusSeconds(5), until().plusSeconds(9)));
    }

    @Test
    void fullDiskRefusesARevocationAndChangesNothing() {
        store.keep(ofToken("t1"));
        disk.fill();
        assertThatThrownBy(() -> store.keep(ofToken("t2"))).isInstanceOf(LogUnavailableException.class);
        assertThat(index.all()).extracting(Revocation::jti).containsExactly("t1");
        assertThatThrownBy(() -> store.withdraw(ofToken("t1").id())).isInstanceOf(LogUnavailableException.class);
        disk.mend();
        Eventually.holds("the log can be written again", () -> log.fault() == null);
        store.keep(ofToken("t3"));
        assertThat(index.all()).extracting(Revocation::jti).containsExactlyInAnyOrder("t1", "t3");
        log.close();
        assertThat(in(folder.resolve("log"))).extracting(Revocation::jti).containsExactlyInAnyOrder("t1", "t3");
        assertThat(data(reopened())).isEmpty();
    }

    @Test
    void revocationIsKeptBesideAFloodOfEvents() throws InterruptedException {
        var stop = new AtomicBoolean();
        var flood = new Thread(() -> {
            while (!stop.get()) {
                append(log, "x");
            }
        });
        flood.start();
        try {
            for (int n = 0; n < 50; n++) {
                store.keep(ofToken("t" + n));
            }
        } finally {
            stop.set(true);
            flood.join();
        }
        log.close();
        assertThat(in(folder.resolve("log"))).hasSize(50);
    }

    @Test
    void eventsAreErasedAndRevocationsStay() {
        Path file = folder.resolve("plain");
        try (FileLog plain = FileLog.open(file, AMPLE, clock, WAIT)) {
            plain.follow(events -> {});
            RevocationStore kept = plain.revocations(new Revocations(clock));
            kept.keep(ofToken("before"));
            String id = append(plain, "secret").id();
            assertThat(plain.erase(Erasure.ofId(id))).isEqualTo(1);
            kept.keep(ofToken("after"));
        }
        assertThat(in(file)).containsExactlyInAnyOrder(ofToken("before"), ofToken("after"));
    }

    @Test
    void thoseThatHaveEndedAreRemovedFromTheFile() {
        for (int n = 0; n < 100; n++) {
            store.keep(ofToken("old" + n));
        }
        clock.advance(Duration.ofDays(2));
        store.keep(ofToken("new"));
        log.close();
        assertThat(in(folder.resolve("log"))).extracting(Revocation::jti).containsExactly("new");
    }

    /** A file of a version without revocations has no place for them, and a hub that revokes nothing leaves it so. */
    @Test
    void fileWithoutRevocationsStaysAsItWas() {
        append(log, "1");
        log.close();
        assertThat(in(folder.resolve("log"))).isEmpty();
        assertThat(data(reopened())).containsExactly("1");
    }

    private FileLog reopened() {
        log = FileLog.open(folder.resolve("log"), AMPLE, clock, WAIT);
        log.follow(events -> {});
        return log;
    }
}
