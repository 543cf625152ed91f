package dev.tidings.hub;

/**
 * Keeps a publisher out that was replaced by another and does not know it yet. Each has a higher token than the one before. A log
 * that many nodes share refuses a token that is lower than one it has seen.
 *
 * @param name what is fenced, one line without spaces
 * @param token which of those that have come in turn publishes, 0 or more
 */
public record Fence(String name, long token) {}
