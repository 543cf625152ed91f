package dev.tidings.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * On tests of what clients rely on at the doors of a hub. {@code mvn verify -Plong} runs them over TLS and over HTTP/2 as
 * well.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("doors")
public @interface OfTheDoors {}
