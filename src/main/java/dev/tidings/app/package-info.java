/**
 * Puts the hub together. It is the only package that knows all others, and no other package knows it.
 *
 * <ul>
 *   <li>{@link dev.tidings.app.Bootstrap} is called by the container.
 *   <li>{@code Tidings} starts the parts of the hub and stops them.
 *   <li>{@code Routes} is the table of all addresses.
 *   <li>{@code Security}, {@code Limits}, {@code LogBuilder}, {@code Demo}, {@code HealthChecks} and
 *       {@code StartChecks} turn settings into parts, one file for each purpose.
 * </ul>
 */
@NullMarked
package dev.tidings.app;

import org.jspecify.annotations.NullMarked;
