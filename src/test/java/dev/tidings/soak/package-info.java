/**
 * A hub under load for an hour: whether anything of it grows that should not, and whether each client gets what it should.
 * CONTRIBUTING.md says how to run it.
 */
@NullMarked
package dev.tidings.soak;

import org.jspecify.annotations.NullMarked;
