package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Site;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A demo that is said to be public serves everybody. */
@EveryContainer(kinds = ContainerKind.TOMCAT_11, demo = true, settings = "tidings.demo=public")
class DemoPublicIT {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/health", "/say", "/feeds/clock", "/assets/home.js"})
    void everybodyIsServed(String target, Container hub) {
        assertThat(Site.send(hub, "GET", target, "Host: demo.example.com", "X-Forwarded-For: 203.0.113.9")
                        .status())
                .isEqualTo(200);
    }
}
