/**
 * How a node reaches Redis, or Valkey: addresses, connections, and scripts.
 *
 * <p>{@link dev.tidings.redis.RedisAddress} is what the operator sets. {@link dev.tidings.redis.RedisServers} finds the
 * server that takes writes now, each time it is asked. It gives a {@link dev.tidings.redis.RedisConnection}, which one
 * thread uses at a time. {@link dev.tidings.redis.SharedConnections} lends a few of them to many threads.
 * {@link dev.tidings.redis.RedisScript} is a program that runs inside the server.
 *
 * <p>Only this package knows the client library, Jedis. It uses the library's bare connections and nothing else. The
 * library's pools and its sentinel provider keep threads and connections of their own, which outlive an undeployed WAR.
 * Its retries hide an outage from the hub, which has to act on it.
 */
@NullMarked
package dev.tidings.redis;

import org.jspecify.annotations.NullMarked;
