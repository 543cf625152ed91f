package dev.tidings.container.protocol;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs every test of a class on a hub that speaks TLS and HTTP/2, with quick heartbeats and small outboxes. What
 * Tomcat 10.1 and 11 share of HTTP/2 they have from one source.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        secure = true,
        settings = {"tidings.heartbeat=500ms", "tidings.outbox.bytes=64KiB"})
public @interface SecureHub {}
