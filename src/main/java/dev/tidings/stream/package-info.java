/**
 * What every open stream shares, over HTTP or not: {@link dev.tidings.stream.FrameSource} says what is to be written next,
 * {@link dev.tidings.stream.Framing} what that looks like, and {@link dev.tidings.stream.Streams} has it written, by a few
 * threads for all streams. It knows no servlet.
 */
@NullMarked
package dev.tidings.stream;

import org.jspecify.annotations.NullMarked;
