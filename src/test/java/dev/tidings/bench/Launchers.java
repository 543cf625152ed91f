package dev.tidings.bench;

import dev.tidings.bench.Target.Ability;
import dev.tidings.testing.ContainerKind;
import java.util.List;
import java.util.Set;

/** The servers that the benchmark can start. */
final class Launchers {

    private Launchers() {}

    /**
     * All of them.
     *
     * @param options where the programs are that the benchmark does not find by itself
     * @param longHistory whether hubs are to hold as much as {@link Scenarios#LONG_HISTORY} publishes
     */
    static List<Launcher> all(Options options, boolean longHistory) {
        return List.of(
                HubLauncher.of("jetty", ContainerKind.JETTY, longHistory),
                HubLauncher.of("tomcat", ContainerKind.TOMCAT_11, longHistory),
                new NchanLauncher(),
                launcher(new Mercure(), options),
                launcher(new Centrifugo(), options),
                new JavaLauncher(
                        "spring-mvc",
                        "dev.tidings.bench.peer.SpringMvcPeer",
                        Set.of("spring-", "micrometer-", "tomcat-embed-", "jakarta.annotation-", "commons-logging"),
                        Set.of()),
                new JavaLauncher(
                        "webflux",
                        "dev.tidings.bench.peer.WebFluxPeer",
                        Set.of("spring-", "reactor-", "reactive-streams-", "netty-", "micrometer-", "commons-logging"),
                        Set.of(Ability.SLOW_READERS)));
    }

    private static Launcher launcher(Program program, Options options) {
        return new ProgramLauncher(program, options.text(program.name(), ""));
    }
}
