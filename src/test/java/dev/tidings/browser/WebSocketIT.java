package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Test;

/** The browser's own WebSocket, on a page of the hub's, with the cookie of whoever is logged in. */
@InBrowser
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_10, ContainerKind.JETTY},
        demo = true,
        settings = "tidings.retry=200ms")
class WebSocketIT {

    /** Says hello to the own inbox, and returns the type of each frame up to the event, and its data. */
    private static final String CONVERSE = """
            () => new Promise((done, failed) => {
              const heard = [];
              const socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws');
              socket.onopen = () => socket.send('{"type":"publish","data":"hello","ref":1}');
              socket.onclose = ({ code }) => failed(new Error('closed with ' + code));
              socket.onmessage = ({ data }) => {
                const frame = JSON.parse(data);
                heard.push(frame.type + ' ' + (frame.data ?? frame.ref ?? ''));
                if (heard.length === 3) { socket.onclose = null; socket.close(); done(heard.sort().join(', ')); }
              };
            })
            """;

    @Test
    void pageOfTheHubConversesWithTheCookie(Container container, Tabs tabs) {
        Tab tab = tabs.open(container.uri("/login"));
        Console.in(tab, Console.ALICE);
        Page page = tab.page();
        assertThat(page.evaluate(CONVERSE)).isEqualTo("event hello, published 1, welcome ");
    }
}
