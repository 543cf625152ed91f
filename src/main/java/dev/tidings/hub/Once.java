package dev.tidings.hub;

import org.jspecify.annotations.Nullable;

/**
 * What makes a publish the same as another, so that it is done once.
 *
 * <p>A key is remembered for a while. Under a fence the last key is remembered as long as the log itself, and other keys are
 * not, since a publisher that has a fence publishes one unit after the other.
 *
 * @param key the caller's own key
 * @param content a digest of what is published
 * @param fence what keeps out a publisher that another has replaced; null if any may publish
 */
public record Once(String key, String content, @Nullable Fence fence) {

    /** What any may publish. */
    public Once(String key, String content) {
        this(key, content, null);
    }
}
