package dev.tidings.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/** On tests of what HTTP/1.1 alone has, such as chunks. They are left out where the others are run over HTTP/2. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("http11")
public @interface OfHttp11 {}
