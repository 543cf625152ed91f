/**
 * Small servers of other makes, as one would write them after their manuals, for the benchmark to run beside ours: {@code
 * GET /sse/{channel}} is a stream, {@code POST /pub/{channel}} publishes the body to it.
 */
@NullMarked
package dev.tidings.bench.peer;

import org.jspecify.annotations.NullMarked;
