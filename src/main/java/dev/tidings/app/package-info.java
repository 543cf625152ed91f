/** Puts the hub together. The only package that knows all others. */
@NullMarked
package dev.tidings.app;

import org.jspecify.annotations.NullMarked;
