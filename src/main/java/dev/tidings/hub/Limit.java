package dev.tidings.hub;

import java.util.Locale;

/** A bound on what clients may take, so that neither one of them nor all together take what others need. */
public enum Limit {
    STREAMS("tidings.limit.streams"),
    STREAMS_PER_USER("tidings.limit.streams-per-user"),
    STREAMS_PER_ADDRESS("tidings.limit.streams-per-address"),
    CONNECT_RATE("tidings.limit.connect-rate"),
    PUBLISH_RATE("tidings.limit.publish-rate"),
    TEMPLATES("tidings.limit.templates"),
    /** The streams that look at once through history for where they begin, which is as long as this setting allows. */
    STARTS("tidings.history.events"),
    /** The share of one caller in {@link #TEMPLATES}. */
    TEMPLATES_PER_CALLER("tidings.limit.templates");

    private final String setting;

    Limit(String setting) {
        this.setting = setting;
    }

    /** The setting that has its value. */
    public String setting() {
        return setting;
    }

    /** Whether it bounds all clients together, so that the one that meets it has done nothing out of the ordinary. */
    public boolean isOfAll() {
        return this == STREAMS || this == TEMPLATES || this == STARTS;
    }

    /** The word that metrics have for it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
