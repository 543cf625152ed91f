/**
 * The hub over TLS and over HTTP/2, from the containers themselves: what clients rely on is the same there, and streams
 * that share a connection do not hold each other up.
 */
package dev.tidings.container.protocol;
