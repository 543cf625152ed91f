/**
 * The Jetty of {@code java -jar tidings.war}: set up as {@code jetty-base} is, with TLS and HTTP/2 by settings.
 */
@NullMarked
package dev.tidings.launch.server;

import org.jspecify.annotations.NullMarked;
