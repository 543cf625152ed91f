/**
 * Streams over HTTP. {@link dev.tidings.http.stream.EventStreamOpener} opens them for every address that has any;
 * {@link dev.tidings.http.stream.EventStream} writes one, by the rules that servlet containers force on threads which
 * are not theirs; {@link dev.tidings.http.stream.EventStreamFraming} and those below it say what text/event-stream
 * looks like at an address.
 */
@NullMarked
package dev.tidings.http.stream;

import org.jspecify.annotations.NullMarked;
