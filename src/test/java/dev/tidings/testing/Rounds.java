package dev.tidings.testing;

/**
 * How often a test does over and over what may go wrong once in many times, and on how many containers: a few rounds in
 * every build, and many where somebody has the time and asks for it, {@code mvn -Plong verify}.
 */
public final class Rounds {

    private static final boolean LONG = Boolean.getBoolean("test.long");

    private Rounds() {}

    /** How many, or what to go over. */
    public static <T> T of(T few, T many) {
        return LONG ? many : few;
    }
}
