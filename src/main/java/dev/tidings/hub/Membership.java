package dev.tidings.hub;

/** That a subscriber belongs to an audience, and where in it. As {@link TopicIndex} says. */
final class Membership {

    final Audience audience;
    final Subscriber subscriber;

    /** Its index in the audience. */
    int slot;

    Membership(Audience audience, Subscriber subscriber) {
        this.audience = audience;
        this.subscriber = subscriber;
    }
}
