/**
 * The log on Redis, or Valkey, which many nodes share.
 *
 * <p>One script appends, for all nodes in one order ({@link dev.tidings.log.redis.RedisWriter}). Each node reads what was
 * appended at its own pace ({@link dev.tidings.log.redis.RedisTail}), and has the newest of it in memory
 * ({@link dev.tidings.log.RecentEvents}). Events are erased by a copy that takes the log's place
 * ({@link dev.tidings.log.redis.LogRewrite}).
 *
 * <p><b>What a position promises.</b> A server may lose events that clients have seen: it is restarted without them, or a replica
 * that lacks them is promoted. So a log has {@linkplain dev.tidings.log.redis.Lives lives}. Whenever another server process
 * takes over, a new life begins, with an epoch of its own. Positions of the life before stay good up to the last event that was
 * found. Whoever has come further is told of a gap, and no position ever stands for another event.
 *
 * <p>A node that has seen more than the log has now says so in its next call, and a new life begins. No position of the lives
 * before is good from then on, also on nodes that have not seen what is lost: each of their streams misses it. What every node has
 * forgotten, nobody can know to be lost.
 *
 * <p>Sequence numbers count on from life to life. They begin anew, possibly at a lower one, on a node that has seen more than
 * the log has now. That node ends its streams, and their clients come back with positions that say which life they know.
 */
@NullMarked
package dev.tidings.log.redis;

import org.jspecify.annotations.NullMarked;
