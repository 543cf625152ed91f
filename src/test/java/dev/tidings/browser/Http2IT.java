package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.protocol.SecureHub;
import dev.tidings.testing.Container;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A browser has one connection of HTTP/2 to the container itself, for as many streams as its pages open. */
@InBrowser
@SecureHub
class Http2IT {

    private static final int STREAMS = 20;

    private static final String OPEN_STREAMS = """
            ([count, topic]) => {
              window.heard = [];
              window.streams = [];
              for (let number = 0; number < count; number++) {
                const stream = new EventSource('/events?topic=' + topic);
                stream.onmessage = (event) => window.heard.push(event.data);
                window.streams.push(stream);
              }
            }
            """;

    private static final String OPEN_SOCKET = """
            ([user, topic]) => {
              window.said = [];
              const socket = new WebSocket('wss://' + location.host + '/ws?topic=' + topic);
              socket.onclose = (close) => window.said.push('closed with ' + close.code);
              socket.onmessage = (frame) => {
                const { type, data } = JSON.parse(frame.data);
                if (type === 'welcome') {
                  socket.send(JSON.stringify({ type: 'publish', to: user, data: 'from the page' }));
                } else if (type === 'event') {
                  window.said.push(data);
                }
              };
            }
            """;

    private final Container hub;
    private final String user = Fresh.user();
    private final String inbox = "/users/" + user;

    Http2IT(Container hub) {
        this.hub = hub;
    }

    @Test
    void twentyStreamsOfAPageAreAllLiveAndPublishingIsNotHeldUp(Tabs tabs) {
        Console console = logIn(tabs);
        Page page = console.page();
        page.evaluate(OPEN_STREAMS, List.of(STREAMS, inbox));
        // The console has a stream of its own.
        Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(STREAMS + 1));
        console.to("A user").target(user).send("to all");
        assertSaid(page, "heard", Collections.nCopies(STREAMS, "to all"));
        page.evaluate("() => window.streams.forEach((stream) => stream.close())");
        Eventually.passes(() -> assertThat(Clients.of(hub, user)).hasSize(1));
        Publisher.to(hub).publish(inbox, "the console's alone");
        Console.assertThat(console.data()).hasText(new String[] {"to all", "the console's alone"});
    }

    @Test
    void webSocketGoesBothWaysBesideStreams(Tabs tabs) {
        Page page = logIn(tabs).page();
        page.evaluate(OPEN_SOCKET, List.of(user, inbox));
        assertSaid(page, "said", List.of("from the page"));
    }

    private Console logIn(Tabs tabs) {
        Console console = Console.with(
                tabs.open(hub.secureUri().resolve("/login")), Tokens.user(user).jwt());
        assertThat(console.page().evaluate("() => performance.getEntriesByType('navigation')[0].nextHopProtocol"))
                .isEqualTo("h2");
        return console;
    }

    private static void assertSaid(Page page, String where, List<String> data) {
        Eventually.passes(() ->
                assertThat(page.evaluate("(where) => window[where]", where)).isEqualTo(data));
    }
}
