/**
 * What the tests stand on: real containers, streams read byte for byte, tokens, a clock that only moves
 * when told, and one way to wait.
 *
 * <p>Nothing here sleeps, mocks or takes a fixed port. Whatever a fixture starts or opens, it ends when it
 * is closed, when it could not be started and when the JVM exits; what the JVMs of a build share is ended by
 * the last of them.
 *
 * <ul>
 *   <li>{@link dev.tidings.testing.EveryContainer} runs a suite on Tomcat 10.1, Tomcat 11 and Jetty;
 *       {@link dev.tidings.testing.ContainerSpec} starts one container of one's own.
 *   <li>{@link dev.tidings.testing.StreamRecorder} reads a stream, {@link dev.tidings.testing.StalledReader}
 *       refuses to, {@link dev.tidings.testing.RawClient} says exactly what it is told to.
 *   <li>{@link dev.tidings.testing.RedisServer} is a real Redis; so are {@link dev.tidings.testing.RedisSentinel} and
 *       {@link dev.tidings.testing.RedisCluster}. {@link dev.tidings.testing.CuttableProxy} is a network that fails.
 *   <li>{@link dev.tidings.testing.Tokens} makes the tokens, good ones and bad ones.
 *   <li>{@link dev.tidings.testing.ManualClock} is the time, {@link dev.tidings.testing.Eventually} the wait.
 * </ul>
 */
@NullMarked
package dev.tidings.testing;

import org.jspecify.annotations.NullMarked;
