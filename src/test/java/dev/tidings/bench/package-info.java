/**
 * The benchmark: how fast a server of event streams is, and what it costs it.
 *
 * <p>A {@link dev.tidings.bench.Scenario} opens streams on a {@link dev.tidings.bench.Target}, publishes to them and
 * takes {@link dev.tidings.bench.Metric figures}, while each stream's {@link dev.tidings.bench.Ledger} sees that every
 * event comes, once and in its turn. {@link dev.tidings.bench.Benchmark} runs scenarios and servers in turn, round
 * after round, so that what the machine does meanwhile hits all alike, and writes a table and a JSON file of medians.
 */
@NullMarked
package dev.tidings.bench;

import org.jspecify.annotations.NullMarked;
