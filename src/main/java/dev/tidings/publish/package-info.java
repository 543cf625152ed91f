/**
 * The one way in for events: whoever takes one from a client has it published here, where it is allowed, published once,
 * and accepted by the log before the answer is made. It knows no servlet; what a request looks like is its door's to know.
 */
@NullMarked
package dev.tidings.publish;

import org.jspecify.annotations.NullMarked;
