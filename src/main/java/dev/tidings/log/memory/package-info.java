/** The log in memory: the default, with nothing to set up. */
@NullMarked
package dev.tidings.log.memory;

import org.jspecify.annotations.NullMarked;
