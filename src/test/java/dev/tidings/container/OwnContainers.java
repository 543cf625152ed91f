package dev.tidings.container;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Rounds;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The arguments of a parameterized class that has its containers to itself: one of each kind, started when its turn
 * comes, and closed by JUnit when it is over.
 */
public final class OwnContainers {

    private OwnContainers() {}

    public static Stream<Container> of(UnaryOperator<ContainerSpec> settings) {
        return of(ContainerKind.values(), settings);
    }

    /** In every build those of this kind alone, as of what no container can change. */
    public static Stream<Container> of(ContainerKind kind, UnaryOperator<ContainerSpec> settings) {
        return of(Rounds.of(new ContainerKind[] {kind}, ContainerKind.values()), settings);
    }

    private static Stream<Container> of(ContainerKind[] kinds, UnaryOperator<ContainerSpec> settings) {
        return Arrays.stream(kinds)
                .map(kind -> settings.apply(ContainerSpec.of(kind)).start());
    }
}
