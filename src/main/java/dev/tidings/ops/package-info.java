/**
 * What operators need: whether the hub lives and is ready, its metrics, how each node is, what its log says of streams, and whether the
 * container and its heap are set up for it.
 *
 * <p>It knows {@code http} for how answers and errors are written, so that they are the same at every address.
 */
@NullMarked
package dev.tidings.ops;

import org.jspecify.annotations.NullMarked;
