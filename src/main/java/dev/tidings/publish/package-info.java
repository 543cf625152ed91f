/**
 * The one way in for events. Every door publishes through it: it checks the grant, publishes once for each key, and
 * has the log accept the event before the answer is made. It knows no servlet; the form of a request is known to its
 * door.
 */
@NullMarked
package dev.tidings.publish;

import org.jspecify.annotations.NullMarked;
