package dev.tidings.launch.command;

import dev.tidings.app.Preflight;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.config.CommandLine;
import dev.tidings.config.Configuration;
import dev.tidings.config.Durations;
import dev.tidings.config.SettingSources;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints a token that the hub with these settings accepts: {@code token --sub alice}.
 *
 * <p><b>Threads.</b> One.
 */
final class MakeToken implements Command {

    private static final String SUB = "sub";
    private static final String PUBLISH = "publish";
    private static final String SUBSCRIBE = "subscribe";
    private static final String TTL = "ttl";

    private static final String DEFAULT_TTL = "1h";

    private final Clock clock;

    MakeToken(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Set<String> options() {
        return Set.of(SUB, PUBLISH, SUBSCRIBE, TTL);
    }

    @Override
    public int run(CommandLine line) {
        Command.requireNoWords(line);
        String ttl = line.last(TTL);
        Duration life = Durations.parse("--" + TTL, ttl == null ? DEFAULT_TTL : ttl);
        var hub = new Preflight(
                Configuration.read(SettingSources.ofCommandLine(line.settings()))
                        .settings(),
                clock);
        String token = hub.signer().sign(line.last(SUB), selectors(line, PUBLISH), selectors(line, SUBSCRIBE), life);
        try {
            hub.verify(token);
        } catch (UnauthorizedException refusal) {
            throw new IllegalArgumentException("the hub would refuse such a token: " + refusal.getMessage(), refusal);
        }
        System.out.println(token);
        return DONE;
    }

    /** Null is no word about it, which is another thing than a list of nothing. */
    private static @Nullable List<String> selectors(CommandLine line, String option) {
        List<String> selectors = line.all(option);
        return selectors.isEmpty() ? null : selectors;
    }
}
