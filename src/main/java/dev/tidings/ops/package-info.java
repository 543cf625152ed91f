/** What those who run the hub need: whether it lives and is ready. */
@NullMarked
package dev.tidings.ops;

import org.jspecify.annotations.NullMarked;
