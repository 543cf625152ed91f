/**
 * The registry of a hub that has many nodes: how the nodes tell each other of their clients.
 *
 * <p>{@link dev.tidings.registry.ClientCodec} is how a client travels.
 */
@NullMarked
package dev.tidings.registry;

import org.jspecify.annotations.NullMarked;
