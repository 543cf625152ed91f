/** The hot pieces of an event's way, each by itself, under JMH. */
@NullMarked
package dev.tidings.bench.micro;

import org.jspecify.annotations.NullMarked;
