package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Test;

/** The watch over a page sees what it is there for. */
@InBrowser
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class TabIT {

    @Test
    void inlineHandlerIsAFault(Container container, Tabs tabs) {
        assertFault(container, tabs, "CSP script-src-attr", "document.body.setAttribute('onclick', 'alert(1)')");
    }

    @Test
    void inlineStyleIsAFault(Container container, Tabs tabs) {
        assertFault(container, tabs, "CSP style-src-attr", "document.body.setAttribute('style', 'color: red')");
    }

    @Test
    void requestToAnotherHostIsAFault(Container container, Tabs tabs) {
        assertFault(container, tabs, "CSP img-src", "new Image().src = 'http://127.0.0.2:9/x.png'");
    }

    @Test
    void uncaughtErrorIsAFault(Container container, Tabs tabs) {
        assertFault(container, tabs, "uncaught: .*lost", "setTimeout(() => { throw new Error('lost'); })");
    }

    @Test
    void errorInTheConsoleIsAFault(Container container, Tabs tabs) {
        assertFault(container, tabs, "console: oh no", "console.error('oh no')");
    }

    private static void assertFault(Container container, Tabs tabs, String fault, String script) {
        Tab tab = tabs.open(container.uri("/"));
        tab.page().evaluate("() => { " + script + " }");
        Eventually.passes(() ->
                assertThat(tab.faults()).anySatisfy(found -> assertThat(found).containsPattern(fault)));
        tab.mayComplain(".");
    }
}
