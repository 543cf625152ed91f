package dev.tidings.app;

import dev.tidings.auth.DemoTokens;
import dev.tidings.auth.KeySource;
import dev.tidings.auth.KeySources;
import dev.tidings.auth.RandomSecret;
import dev.tidings.config.Settings;
import dev.tidings.feed.AnswerFeed;
import dev.tidings.feed.CancelServlet;
import dev.tidings.feed.DemoFeeds;
import dev.tidings.feed.Feed;
import dev.tidings.feed.HelloFeed;
import dev.tidings.hub.Hub;
import dev.tidings.publish.PublishService;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hub has in demo mode alone: a key of its own, ready-made tokens, and feeds. A further feed is added to
 * {@link DemoFeeds}; a servlet that only the demo has is made here and gets its address in {@link Routes}.
 *
 * <p><b>Threads.</b> The container's, one at a time.
 */
final class Demo {

    private final String secret = RandomSecret.text();
    private final DemoTokens tokens = DemoTokens.signedWith(secret);
    private final AnswerFeed answers = new AnswerFeed();

    private Demo() {}

    /** The demo that the settings ask for, or null. */
    static @Nullable Demo of(Settings settings) {
        return settings.demo() ? new Demo() : null;
    }

    /** The HMAC secret that demo tokens are signed with. It lives as long as the process. */
    KeySource key() {
        return KeySources.of(secret);
    }

    /** The tokens that the login page offers. */
    DemoTokens tokens() {
        return tokens;
    }

    /** The feeds that publish by themselves. */
    List<Feed> feeds(Hub hub) {
        return DemoFeeds.of(hub, ZoneId.systemDefault(), answers);
    }

    /** Publishes a greeting for each request. */
    HelloFeed hello(PublishService publishing) {
        return new HelloFeed(publishing);
    }

    /** Cancels the present answer of the feed that shows a language model. */
    CancelServlet cancel() {
        return new CancelServlet(answers);
    }
}
