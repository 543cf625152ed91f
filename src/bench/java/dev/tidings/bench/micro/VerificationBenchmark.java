package dev.tidings.bench.micro;

import dev.tidings.auth.DefaultGrant;
import dev.tidings.auth.Grant;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.Revocation;
import dev.tidings.auth.Revocations;
import dev.tidings.auth.SigningAlgorithm;
import dev.tidings.auth.TokenRules;
import dev.tidings.auth.TokenSigner;
import dev.tidings.auth.TokenVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to verify a token, by how many tokens are revoked: one that was verified a moment before, one that was not, and
 * the look at a stream's token four times a second.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class VerificationBenchmark {

    private static final String SECRET = "a secret of at least thirty-two bytes for HS256";

    /** Half of them are of users, and half of single tokens. */
    @Param({"0", "1", "100000"})
    public int revocations;

    private TokenVerifier verifier;
    private String known;
    private String unknown;
    private BooleanSupplier watch;

    /** Makes the hub's knowledge, and the tokens. */
    @Setup
    public void open() {
        Clock clock = Clock.systemUTC();
        var index = new Revocations(clock);
        Instant until = clock.instant().plus(Duration.ofDays(1));
        for (int i = 0; i < revocations; i++) {
            index.put(
                    i % 2 == 0
                            ? Revocation.ofUser("user-" + i, clock.instant(), until)
                            : Revocation.ofToken("token-" + i, until));
        }
        var rules = new TokenRules(
                null, null, "sub", new DefaultGrant(List.of("/users/{sub}", "/all"), List.of("/users/{sub}")));
        verifier = new TokenVerifier(SigningAlgorithm.HS256, KeySources.of(SECRET), rules, clock, index);
        var signer = new TokenSigner(SigningAlgorithm.HS256, SECRET, rules, clock);
        known = signer.sign("alice", null, null, Duration.ofDays(1));
        // Longer than what is remembered.
        unknown = signer.sign("alice", List.of("/" + "x".repeat(1_500)), List.of(), Duration.ofDays(1));
        watch = index.watch(verifier.verify(known));
    }

    /** A token that was verified a moment before, as that of a publisher. */
    @Benchmark
    public Grant remembered() {
        return verifier.verify(known);
    }

    /** A token that is verified from the beginning. */
    @Benchmark
    public Grant anew() {
        return verifier.verify(unknown);
    }

    /** What the timer asks of each stream. */
    @Benchmark
    public boolean tick() {
        return watch.getAsBoolean();
    }
}
