package dev.tidings.container;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs every test of a class on a hub with much of what can be set set, below a context path: open to readers without a
 * token, behind a proxy on this machine, with pages of another site let in, a name, quick heartbeats, and little memory
 * for those who read slowly.
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
@interface ConfiguredHub {}
