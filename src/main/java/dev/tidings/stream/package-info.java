/**
 * What every open stream shares, over HTTP or not: {@link dev.tidings.stream.FrameSource} gives the frames to write,
 * {@link dev.tidings.stream.Framing} makes them, and {@link dev.tidings.stream.Streams} has them written by a few
 * threads for all streams. It knows no servlet.
 */
@NullMarked
package dev.tidings.stream;

import org.jspecify.annotations.NullMarked;
