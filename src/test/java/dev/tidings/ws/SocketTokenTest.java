package dev.tidings.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.DisconnectReason;
import dev.tidings.testing.Tokens;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a WebSocket when its token ends, and when that is renewed just before the timer looks. */
class SocketTokenTest {

    private static final Duration LEFT = Duration.ofMinutes(1);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final OneSocket socket = OneSocket.expiring(LEFT);
    private final RecordingPeer peer = socket.peer;
    private final Instant start = socket.clock.instant();

    @BeforeEach
    void connect() {
        socket.connect().turn();
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void endIsSaidHalfAMinuteBeforeAndOnce() {
        after(Duration.ofSeconds(29));
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome");
        after(SECOND);
        socket.turn();
        after(SECOND);
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "expiring");
        assertThat(peer.frames().get(1)).contains(start.plus(LEFT).toString());
    }

    @Test
    void tokenThatHasEndedEndsTheStream() {
        after(LEFT.minusNanos(1));
        assertThat(socket.subscriber.ended()).isNull();
        after(Duration.ofNanos(1));
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.EXPIRED);
    }

    @Test
    void renewedTokenCountsAtTheNextLookThoughItsAnswerWasNotSent() {
        renew(start.plusSeconds(600));
        after(LEFT.plusSeconds(60));
        assertThat(socket.subscriber.ended()).isNull();
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "renewed");
        after(Duration.ofMinutes(8));
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.EXPIRED);
    }

    /** The timer looks between the renewal and its answer. */
    @Test
    void renewalIsAnsweredBeforeTheEndOfTheNewTokenIsSaid() {
        renew(start.plusSeconds(20));
        after(SECOND);
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "renewed");
        after(SECOND);
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "renewed", "expiring");
        assertThat(peer.frames().get(2)).contains(start.plusSeconds(20).toString());
    }

    @Test
    void endThatWasAboutToBeSaidIsNotSaidOfTheRenewedToken() {
        after(Duration.ofSeconds(35));
        renew(start.plusSeconds(600));
        socket.turn();
        after(SECOND);
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "renewed");
    }

    @Test
    void tokenThatHasEndedCannotBeRenewedAnyMore() {
        after(LEFT);
        renew(start.plusSeconds(600));
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome");
    }

    @Test
    void newGrantHoldsFromThenOn() {
        String token = Tokens.user("alice").expiring(start.plusSeconds(600)).jwt();
        socket.hear("{'type':'auth','token':'" + token + "'}");
        assertThat(socket.subscriber.subscription().granted().matches("/users/alice"))
                .isTrue();
        socket.hear("{'type':'publish','topics':['/a'],'data':'no more','ref':'p'}");
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "renewed", "error");
    }

    @Test
    void tokenOfAnotherUserIsRefusedAndTheOldOneStays() {
        String token = Tokens.user("bob").expiring(start.plusSeconds(600)).jwt();
        socket.hear("{'type':'auth','token':'" + token + "'}");
        socket.turn();
        assertThat(peer.types()).containsExactly("welcome", "error");
        assertThat(peer.frames().get(1)).contains("another user's");
        after(LEFT);
        assertThat(socket.subscriber.ended()).isEqualTo(DisconnectReason.EXPIRED);
    }

    /** So much time goes by, in which the peer has answered all pings. */
    private void after(Duration step) {
        socket.clock.advance(step);
        socket.stream.peerActive();
        socket.after(Duration.ZERO);
    }

    private void renew(Instant end) {
        String token = Tokens.user("alice").expiring(end).jwt();
        socket.hear("{'type':'auth','token':'" + token + "','ref':1}");
    }
}
