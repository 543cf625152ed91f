package dev.tidings.launch.command;

import dev.tidings.app.Preflight;
import dev.tidings.config.CommandLine;
import dev.tidings.config.Configuration;
import dev.tidings.config.ServerSettings;
import dev.tidings.config.SettingSources;
import dev.tidings.config.Settings;
import dev.tidings.launch.server.HubServer;
import dev.tidings.launch.server.StartException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Starts the hub, and runs until Java is asked to exit.
 *
 * <p><b>Threads.</b> One.
 */
final class StartHub implements Command {

    private static final System.Logger LOG = System.getLogger(StartHub.class.getName());

    private static final String OF_SERVER = "tidings.server.";

    private final Path war;
    private final Consumer<Runnable> stopping;

    /**
     * @param war the directory with the web application
     * @param stopping takes what is done when Java exits
     */
    StartHub(Path war, Consumer<Runnable> stopping) {
        this.war = war;
        this.stopping = stopping;
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public int run(CommandLine line) throws StartException {
        Command.requireNoWords(line);
        SettingSources sources = SettingSources.ofCommandLine(line.settings());
        ServerSettings server = ServerSettings.read(sources);
        Settings settings = Configuration.read(sources).settings();
        // The deployment checks all of it again. Here a fault is one sentence, and not among the lines of a server's
        // log.
        new Preflight(settings, Clock.systemUTC());
        // Where the web application finds them, before all others.
        line.settings().forEach((name, text) -> {
            if (!name.startsWith(OF_SERVER)) {
                System.setProperty(name, text);
            }
        });
        QuietJetty.beQuiet();
        if (Configuration.asksForJson(sources)) {
            JsonConsole.install();
        }
        HubServer hub = HubServer.of(server, war);
        stopping.accept(hub::close);
        hub.start();
        say(hub.address(), server, settings);
        try {
            hub.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return DONE;
    }

    private static void say(String address, ServerSettings server, Settings settings) {
        String others = settings.demo() ? "" : "; --address 0.0.0.0 opens it to others";
        String reach = isLoopback(server.address()) ? " for this machine alone" + others : "";
        LOG.log(System.Logger.Level.INFO, "Tidings runs at " + address + reach);
        if (!settings.isConfigured()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Nobody is let in, since tidings.jwt.key is not set. To make a key and use it: java -jar tidings.war"
                            + " key > key; java -jar tidings.war --jwt.key file:key. To try the hub: java -jar tidings.war"
                            + " --demo");
        }
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("localhost") || address.equals("::1");
    }
}
