package dev.tidings.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.event.selector.SelectorSet;
import dev.tidings.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TicketsTest {

    private static final Duration AGE = Duration.ofSeconds(30);

    private final ManualClock clock = new ManualClock();
    private final Tickets tickets = new Tickets(new MemoryTickets(clock), AGE, clock);
    private final Grant grant = grant("alice", null);

    private Grant grant(@Nullable String user, @Nullable Instant expires) {
        return new Grant(
                user,
                SelectorSet.parse(List.of("/a/{b}")),
                SelectorSet.parse(List.of("*", "/c")),
                "{\"p\":1}",
                expires,
                clock.instant().minusSeconds(1),
                "t1",
                null);
    }

    private String give() {
        return tickets.give("user alice", grant, null).text();
    }

    @Test
    void ticketStandsForItsTokenOnce() {
        Tickets.Ticket ticket = tickets.give("user alice", grant, null);
        assertThat(ticket.expires()).isEqualTo(clock.instant().plus(AGE));
        Tickets.Redeemed redeemed = tickets.take(ticket.text());
        assertThat(redeemed.grant()).isEqualTo(grant);
        assertThat(redeemed.sender()).isEqualTo("user alice");
        assertThat(refusal(ticket.text())).contains("used already");
    }

    @Test
    void ticketOfATokenThatNamesNothingIsTheSame() {
        var bare = new Grant(null, SelectorSet.of(List.of()), SelectorSet.of(List.of()), null, null);
        assertThat(tickets.take(tickets.give("token x", bare, null).text()).grant())
                .isEqualTo(bare);
    }

    @Test
    void ticketGrowsOld() {
        String ticket = give();
        clock.advance(AGE.minusMillis(1));
        String other = give();
        clock.advance(Duration.ofMillis(1));
        assertThat(refusal(ticket)).contains("too old").contains("30 seconds");
        assertThat(tickets.take(other).grant()).isEqualTo(grant);
    }

    @Test
    void usedTicketIsRememberedForAWhileAndIsOldThen() {
        String ticket = give();
        tickets.take(ticket);
        clock.advance(TicketStore.REMEMBERED.minusMillis(1));
        assertThat(refusal(ticket)).contains("used already");
        clock.advance(Duration.ofMillis(1));
        assertThat(refusal(ticket)).contains("too old");
    }

    @Test
    void ticketIsNotGoodForLongerThanItsToken() {
        Instant end = clock.instant().plusSeconds(10);
        assertThat(tickets.give("user alice", grant("alice", end), null).expires())
                .isEqualTo(end);
    }

    @Test
    void ticketOfNobodyIsRefused() {
        var elsewhere = new Tickets(new MemoryTickets(clock), AGE, clock);
        assertThat(refusal(elsewhere.give("user alice", grant, null).text())).contains("does not know this ticket");
        assertThat(refusal("")).contains("not a ticket");
        assertThat(refusal("!".repeat(32))).contains("not a ticket");
        assertThat(refusal("x".repeat(33))).contains("not a ticket");
        assertThat(refusal("\u00e4".repeat(32))).contains("not a ticket");
    }

    @Test
    void noTwoTicketsAreTheSame() {
        var all = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            String ticket = give();
            assertThat(ticket).hasSize(32).matches("[A-Za-z0-9_-]+");
            assertThat(all.add(ticket)).isTrue();
            tickets.take(ticket);
        }
    }

    @Test
    void aHundredOfOneSenderWait() {
        var waiting = new ArrayList<String>();
        for (int i = 0; i < TicketBounds.MOST_OF_ONE; i++) {
            waiting.add(give());
        }
        assertThatThrownBy(this::give)
                .isInstanceOfSatisfying(
                        TooManyTicketsException.class,
                        full -> assertThat(full.isOfAll()).isFalse());
        assertThat(tickets.refused()).isEqualTo(1);
        assertThat(tickets.give("user bob", grant("bob", null), null)).isNotNull();
        tickets.take(waiting.get(0));
        give();
        assertThatThrownBy(this::give).isInstanceOf(TooManyTicketsException.class);
        clock.advance(AGE);
        assertThat(give()).isNotEmpty();
    }

    @Test
    void allTogetherTakeBoundedMemory() {
        String large = "/" + "x".repeat(2_000);
        var selectors = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            selectors.add(large + i);
        }
        var wide = new Grant("u", SelectorSet.parse(selectors), SelectorSet.of(List.of()), null, null);
        int given = 0;
        try {
            while (given < 10_000) {
                tickets.give("user " + given, wide, null);
                given++;
            }
        } catch (TooManyTicketsException full) {
            assertThat(full.isOfAll()).isTrue();
        }
        assertThat(given).isBetween(100, 200);
    }

    @Test
    void ticketForTopicsMayAskForNothingElse() {
        Grant narrow = tickets.take(tickets.give("user alice", grant, SelectorSet.parse(List.of("/r/{id}", "/x")))
                        .text())
                .grant();
        narrow.requireMayAskFor(SelectorSet.parse(List.of("/x", "/r/7", "/r/{id}")));
        assertThat(narrow.publish().isEmpty()).as("it publishes nothing").isTrue();
        for (String other : List.of("/y", "/r/7/8", "/r/{other}", "*")) {
            assertThatThrownBy(() -> narrow.requireMayAskFor(SelectorSet.parse(List.of("/x", other))))
                    .isInstanceOf(ForbiddenException.class)
                    .hasMessageContaining("\"" + other + "\"");
        }
        grant.requireMayAskFor(SelectorSet.parse(List.of("*")));
        Grant everything = grant.withOnly(SelectorSet.parse(List.of("*")));
        everything.requireMayAskFor(SelectorSet.parse(List.of("/r/{other}", "*")));
    }

    @Test
    void ticketDoesNotShowItsText() {
        Tickets.Ticket ticket = tickets.give("user alice", grant, null);
        assertThat(ticket.toString()).doesNotContain(ticket.text());
    }

    private String refusal(String ticket) {
        try {
            tickets.take(ticket);
        } catch (UnauthorizedException refused) {
            assertThat(refused.tokenGiven()).isTrue();
            return String.valueOf(refused.getMessage());
        }
        throw new AssertionError("it was taken");
    }
}
