package dev.tidings.bench;

/** Text that makes the data of an event as long as it is to be. */
final class Padding {

    /** About what the numbers before it take. */
    private static final int NUMBERS = 20;

    private Padding() {}

    static String of(int bytes) {
        return "x".repeat(Math.max(1, bytes - NUMBERS));
    }
}
