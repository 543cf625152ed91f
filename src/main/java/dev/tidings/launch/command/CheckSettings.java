package dev.tidings.launch.command;

import dev.tidings.app.Preflight;
import dev.tidings.auth.Grant;
import dev.tidings.auth.KeysUnavailableException;
import dev.tidings.auth.UnauthorizedException;
import dev.tidings.config.CommandLine;
import dev.tidings.config.Configuration;
import dev.tidings.config.ServerSettings;
import dev.tidings.config.SettingSources;
import dev.tidings.event.selector.SelectorSet;
import dev.tidings.event.selector.TopicSelector;
import dev.tidings.launch.server.TlsCheck;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says whether a hub with these settings would start, and, of a token, what it may do there: {@code check}.
 *
 * <p><b>Threads.</b> One.
 */
final class CheckSettings implements Command {

    private static final String STANDARD_INPUT = "-";

    private final Clock clock;

    CheckSettings(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public int run(CommandLine line) {
        if (line.words().size() > 1) {
            throw new IllegalArgumentException("one token at a time is checked");
        }
        SettingSources sources = SettingSources.ofCommandLine(line.settings());
        TlsCheck.check(ServerSettings.read(sources));
        Configuration configuration = Configuration.read(sources);
        var hub = new Preflight(configuration.settings(), clock);
        if (!line.words().isEmpty()) {
            return token(hub, line.words().get(0));
        }
        ServerSettings.describe(sources).forEach(CheckSettings::print);
        configuration.description().forEach(CheckSettings::print);
        configuration.warnings().forEach(warning -> System.out.println("Warning: " + warning));
        String fault = hub.keyFault();
        if (fault != null) {
            System.out.println("Warning: " + fault);
        }
        System.out.println("These settings are good. The log was not opened.");
        return DONE;
    }

    private static int token(Preflight hub, String word) {
        try {
            Grant grant = hub.verify(word.equals(STANDARD_INPUT) ? read() : word);
            System.out.println("This token is good.");
            System.out.println("user:      " + (grant.user() == null ? "none" : grant.user()));
            System.out.println("expires:   " + (grant.expires() == null ? "never" : grant.expires()));
            System.out.println("publish:   " + texts(grant.publish()));
            System.out.println("subscribe: " + texts(grant.subscribe()));
            return DONE;
        } catch (UnauthorizedException | KeysUnavailableException refusal) {
            System.out.println("This token is refused: " + refusal.getMessage());
            return REFUSED;
        }
    }

    private static String read() {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try {
            String token = in.readLine();
            return token == null ? "" : token.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String texts(SelectorSet selectors) {
        return selectors.selectors().isEmpty()
                ? "nothing"
                : selectors.selectors().stream().map(TopicSelector::text).collect(Collectors.joining(" "));
    }

    private static void print(String name, String value) {
        System.out.println(name + " = " + value);
    }
}
