package dev.tidings.feed;

import dev.tidings.event.PublishRequest;
import dev.tidings.hub.ClientFilter;
import dev.tidings.hub.ClientRegistry;
import java.time.Duration;
import java.time.Instant;

/** The number of streams whose topic selectors match this very feed, every second. */
public final class OnlineFeed implements Feed {

    private final ClientRegistry clients;

    /** Makes a feed that counts these clients. */
    public OnlineFeed(ClientRegistry clients) {
        this.clients = clients;
    }

    @Override
    public String path() {
        return "online";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(1);
    }

    @Override
    public PublishRequest next(Instant now) {
        return event(Integer.toString(clients.count(ClientFilter.ofTopic(topic()))));
    }
}
