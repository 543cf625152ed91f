/**
 * The registry of a hub with many nodes, over Redis: on any node it shows and ends the clients of all.
 *
 * <p><b>The nodes are asked.</b> A question goes to all nodes as a command in the stream of passing events, so that it comes
 * after whatever was told before it. Each node that has something to say puts its answer into a list. So the figures of a client
 * are those of now, and cost nothing while nobody looks.
 *
 * <p><b>A node that is gone cannot be asked.</b> So each node has a lease, which it renews, and what others need to know of its
 * clients in a hash. When a lease has run out, the first node that sees so takes the hash, and tells that these clients are lost.
 *
 * <p><b>Revocations are known everywhere.</b> They are in a hash, and each node has a copy. Whoever changes one tells all nodes, and
 * waits until they have heard ({@link dev.tidings.registry.StoredRevocations}). Tickets are in Redis alone ({@link
 * dev.tidings.registry.SharedTickets}).
 *
 * <p><b>Each node says how it is.</b> Its reports are in a stream of their own, so that every node knows those of all, and those of nodes
 * that are gone.
 */
@NullMarked
package dev.tidings.registry;

import org.jspecify.annotations.NullMarked;
