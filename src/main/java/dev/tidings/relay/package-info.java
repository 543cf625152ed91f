/**
 * Publishes what applications write into a table of their database, in the transaction of which the event tells: it is published
 * if that was committed, and only then.
 *
 * <h2>Once, whatever crashes</h2>
 * A row's id makes its event's id, which nobody else may give. Before rows are published they are written down as a batch, with a
 * key, in the row of the lease. They are deleted afterwards, and then the next batch is written down. So after a crash there is at most
 * one batch of which nobody knows whether it was published, and it is the one that is written there.
 *
 * <p>Whoever goes on asks the log by the events' ids which of them it has, and publishes the rest under the same key. The log on
 * Redis remembers the last key of a relay, so that it does not publish a batch twice even if two relays try at the same moment. What the
 * log has already is confirmed before its rows are deleted: the relay before may have been refused for want of that.
 *
 * <h2>One relays at a time</h2>
 * Each change of the lease raises its counter, and is made only if the counter is what the relay thinks. So a relay that lost
 * its lease without knowing can write down no batch, and set no row aside. It can only repeat the batch that it had, with the counter
 * of then, and delete rows whose events the log had when it looked. The log on Redis knows that batch, or refuses the counter once there was a higher one. A log in
 * memory or in a file belongs to one process, which has one relay.
 *
 * <p>A node takes the lease when it has seen no change of the counter for a while, by its own clock. No two clocks are compared.
 *
 * <h2>Nobody's hang stops the others</h2>
 * Each statement is a transaction of its own. A relay that hangs between two of them holds no lock, whatever its database is. A lock of
 * somebody else's is waited for by one statement, which the database ends after a while.
 *
 * <h2>Order</h2>
 * Rows are read in order of their ids, and there is no place up to which they count as read. So a row whose transaction took longer
 * than that of a higher id is found at the next look, and never skipped. It comes later then.
 */
@NullMarked
package dev.tidings.relay;

import org.jspecify.annotations.NullMarked;
