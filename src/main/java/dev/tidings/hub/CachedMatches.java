package dev.tidings.hub;

import java.util.List;

/**
 * What was found among the templates that were opened up to a number. Immutable.
 *
 * @param <T> those who have a template
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
