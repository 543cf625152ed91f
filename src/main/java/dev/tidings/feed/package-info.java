/**
 * The feeds of demo mode: small publishers that show the ways in which events are used.
 *
 * <p>A {@link dev.tidings.feed.Feed} says what to publish and how often; {@link dev.tidings.feed.Feeds} lets it run
 * while somebody's topic selectors match its topic. What they publish are passing events: nobody wants yesterday's
 * clock, and they push nothing out of history.
 */
@NullMarked
package dev.tidings.feed;

import org.jspecify.annotations.NullMarked;
