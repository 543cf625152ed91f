/**
 * The logs: where events get their order, and where what is still kept can be read again.
 *
 * <p>Each is an {@link dev.tidings.hub.EventLog}; one contract test runs against them all.
 */
@NullMarked
package dev.tidings.log;

import org.jspecify.annotations.NullMarked;
