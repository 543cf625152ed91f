package dev.tidings.container;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs every test of a class on one hub with many settings, below a context path. It opens streams without a token,
 * trusts a proxy on this machine, lets pages of another site in, has a name and quick heartbeats, and keeps little for
 * slow readers.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        contextPath = "/tidings",
        settings = {
            "tidings.anonymous=true",
            "tidings.node=node-7",
            "tidings.proxies=127.0.0.0/8",
            "tidings.cors.origins=https://app.example.com",
            "tidings.publish.origins=https://app.example.com",
            "tidings.heartbeat=500ms",
            "tidings.outbox.bytes=64KiB"
        })
public @interface ConfiguredHub {}
