package dev.tidings.container;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The arguments of a parameterized class that has its containers to itself: one of each kind, started when its turn
 * comes, and closed by JUnit when it is over.
 */
final class OwnContainers {

    private OwnContainers() {}

    static Stream<Container> of(UnaryOperator<ContainerSpec> settings) {
        return Arrays.stream(ContainerKind.values())
                .map(kind -> settings.apply(ContainerSpec.of(kind)).start());
    }
}
