package dev.tidings.hub;

import dev.tidings.event.Event;
import dev.tidings.event.Position;
import java.util.BitSet;
import java.util.List;

/**
 * Finds where streams begin.
 *
 * <p>The log's end of that moment decides. What is stored up to there is looked through; what comes after is replayed and
 * delivered as to any other stream. So a flood at the same moment leaves neither a hole nor a repetition.
 *
 * <p>The newest page of history is looked through at once. Whoever needs more waits for a turn ({@link Turns}).
 *
 * <p><b>Threads.</b> Any that holds no lock of the hub. The log may be waited for.
 */
final class StartFinder {

    private final EventLog log;
    private final Turns turns;

    StartFinder(EventLog log, Turns turns) {
        this.log = log;
        this.turns = turns;
    }

    /**
     * Where the stream of a subscription begins.
     *
     * @throws LogUnavailableException if the log cannot tell now
     * @throws LimitReachedException if too many others look through history just now
     */
    StartingPoint find(Subscription asked) {
        StartRequest request = asked.start();
        if (request instanceof StartRequest.After after) {
            return StartingPoint.after(after.lastEventId(), log);
        }
        Position end = log.end();
        if (request instanceof StartRequest.Since since) {
            long before = log.before(since.time());
            return StartingPoint.within(end.at(Math.min(before, end.sequence())), null);
        }
        if (request instanceof StartRequest.Last last) {
            return last(asked, last.events(), end);
        }
        if (request instanceof StartRequest.Latest) {
            return latest(asked, end);
        }
        return StartingPoint.at(end);
    }

    private StartingPoint last(Subscription asked, int most, Position end) {
        var scan = new LastScan(asked, most, end.sequence());
        scan(asked, end, scan);
        return StartingPoint.within(end.at(scan.before), null);
    }

    private StartingPoint latest(Subscription asked, Position end) {
        var scan = new LatestScan(asked, log.start().sequence());
        scan(asked, end, scan);
        if (scan.chosen.isEmpty()) {
            return StartingPoint.within(end, null);
        }
        ChosenEvents chosen = ChosenEvents.of(scan.first, scan.chosen);
        return StartingPoint.within(end.at(chosen.first() - 1), chosen);
    }

    private void scan(Subscription asked, Position end, Scan scan) {
        var history = new BackwardReader(log, end.sequence());
        if (goesOn(history, scan)) {
            Peer peer = asked.peer();
            String caller = peer.caller().isEmpty() ? peer.network() : peer.caller();
            turns.run(caller, peer.address(), () -> {
                while (goesOn(history, scan)) {
                    // Page by page, the newest first.
                }
                return scan;
            });
        }
    }

    private static boolean goesOn(BackwardReader history, Scan scan) {
        List<Event> page = history.previous();
        for (int i = page.size() - 1; i >= 0; i--) {
            if (!scan.take(page.get(i))) {
                return false;
            }
        }
        return history.hasMore();
    }

    /** Is given the events of history, the newest first. */
    private interface Scan {

        /** Looks at an event. Returns whether it has to see older ones. */
        boolean take(Event event);
    }

    private static final class LastScan implements Scan {

        private final Subscription asked;
        private int missing;
        private long before;

        LastScan(Subscription asked, int most, long end) {
            this.asked = asked;
            this.missing = most;
            this.before = end;
        }

        @Override
        public boolean take(Event event) {
            if (asked.wants(event)) {
                before = event.sequence() - 1;
                missing--;
            }
            return missing > 0;
        }
    }

    private static final class LatestScan implements Scan {

        private final Subscription asked;
        private final TopicHashes seen = new TopicHashes();
        /** The sequence number that the first bit stands for. One that was stored no more at the beginning cannot be chosen. */
        private final long first;

        private final BitSet chosen = new BitSet();

        LatestScan(Subscription asked, long start) {
            this.asked = asked;
            this.first = start + 1;
        }

        @Override
        public boolean take(Event event) {
            if (asked.wants(event) && seen.add(event.topics().get(0))) {
                chosen.set(Math.toIntExact(event.sequence() - first));
            }
            return true;
        }
    }
}
