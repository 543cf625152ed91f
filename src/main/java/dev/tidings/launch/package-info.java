/**
 * What Java runs when it is told {@code java -jar tidings.war}.
 *
 * <p>The classes of this package stand at the top of the WAR, since Java finds them nowhere else, and use nothing but
 * the JDK. They unpack the WAR and go on in {@link dev.tidings.launch.command}, which with its Jetty
 * ({@link dev.tidings.launch.server}) stands in {@code WEB-INF/launcher}. A container loads and serves none of it: no
 * class loader of a web application looks there, and the hub answers every address itself.
 *
 * <h2>Why these libraries</h2>
 * The launcher takes 5 MB of the WAR, which has 9. Its libraries over 500 kB, and those of the hub:
 * <ul>
 *   <li>{@code jetty-util}, 0.7 MB: every other part of Jetty is built on it.
 *   <li>{@code jetty-server}, 0.7 MB: the connectors and the handling of requests.
 *   <li>{@code jackson-databind}, 1.7 MB: java-jwt reads tokens with it, so the hub reads and writes its JSON with it.
 *   <li>{@code jackson-core}, 0.6 MB: what it is built on.
 *   <li>{@code jedis}, 1.1 MB: the connections to Redis, without threads of its own. The next in question has 7.
 * </ul>
 * Jetty's reader of annotations, with ASM and CDI, is left out: the WAR has no annotations to find.
 */
@NullMarked
package dev.tidings.launch;

import org.jspecify.annotations.NullMarked;
