/**
 * The feeds of demo mode: small publishers that show the ways in which events are used.
 *
 * <p>A {@link dev.tidings.feed.Feed} says what to publish and how often; {@link dev.tidings.feed.Feeds} lets it run
 * while somebody's topic selectors match its topic. What they publish are passing events: nobody wants yesterday's
 * clock, and they push nothing out of history. (One is kept, to show a resume: {@link dev.tidings.feed.PingFeed}.)
 *
 * <p>Two have a door of their own, and therefore know {@code http} for how errors are answered:
 * {@link dev.tidings.feed.HelloFeed} publishes when it is asked, {@link dev.tidings.feed.CancelServlet} stops an answer.
 *
 * <p>The pages under {@code /feeds} show these very sources, which the build puts beside the classes: they are written
 * to be read.
 */
@NullMarked
package dev.tidings.feed;

import org.jspecify.annotations.NullMarked;
