/**
 * The feeds of demo mode: small publishers that show the ways in which events are used.
 *
 * <p>A {@link dev.tidings.feed.Feed} says what to publish and how often. {@link dev.tidings.feed.Feeds} runs it while
 * it has viewers. Feeds publish passing events, which are not stored: nobody needs the clock of yesterday, and the
 * events of others stay in history for longer. {@link dev.tidings.feed.PingFeed} is stored, to show a resume, and {@link dev.tidings.feed.PricesFeed}, to show beginning with the latest.
 *
 * <p>Two classes answer requests and know {@code http} for that: {@link dev.tidings.feed.HelloFeed} publishes on
 * request, and {@link dev.tidings.feed.CancelServlet} stops an answer.
 *
 * <p>The pages under {@code /feeds} show these very sources, which the build puts beside the classes. Write them to be
 * read.
 */
@NullMarked
package dev.tidings.feed;

import org.jspecify.annotations.NullMarked;
