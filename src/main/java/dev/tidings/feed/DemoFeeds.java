package dev.tidings.feed;

import dev.tidings.hub.Hub;
import java.time.ZoneId;
import java.util.List;

/** The feeds of demo mode that publish by themselves. {@link HelloFeed} publishes on request. */
public final class DemoFeeds {

    private DemoFeeds() {}

    /**
     * Returns all of them.
     *
     * @param hub the hub whose clients are counted
     * @param zone the zone of the clock
     * @param answers the feed that can be cancelled
     */
    public static List<Feed> of(Hub hub, ZoneId zone, AnswerFeed answers) {
        return List.of(
                new ClockFeed(zone),
                new GreetingFeed(),
                new PingFeed(),
                new ProgressFeed(),
                new NotificationFeed(),
                new JsonFeed(),
                new LogFeed(),
                answers,
                new PricesFeed(),
                new MonitorFeed(hub.clients()),
                new OnlineFeed(hub.clients()));
    }
}
