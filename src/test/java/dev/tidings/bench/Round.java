package dev.tidings.bench;

/** How rounds are called. */
final class Round {

    private Round() {}

    static String title(int round) {
        return round > 0 ? "round " + round : "warm-up";
    }
}
