package dev.tidings.hub;

import java.util.List;

/**
 * The templates that match some topics, among those up to a number. Immutable.
 *
 * @param <T> the holders of a template
 */
final class CachedMatches<T> {

    private static final int BYTES_OF_AN_ENTRY = 200;
    private static final int BYTES_OF_A_MATCH = 8;

    final long upTo;
    final List<OpenTemplate<T>> matching;
    final long bytesOfTopics;
    final long bytesOfMatches;

    CachedMatches(long upTo, List<OpenTemplate<T>> matching, long bytesOfTopics) {
        this.upTo = upTo;
        this.matching = matching;
        this.bytesOfTopics = bytesOfTopics;
        this.bytesOfMatches = BYTES_OF_AN_ENTRY + (long) BYTES_OF_A_MATCH * matching.size();
    }

    long bytes() {
        return bytesOfTopics + bytesOfMatches;
    }
}
