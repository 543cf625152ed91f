package dev.tidings.hub;

/**
 * What makes a publish the same as another, so that it is done once.
 *
 * @param key the caller's own key
 * @param content a digest of what is published
 */
public record Once(String key, String content) {}
