package dev.tidings.container.web;

import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Test;

/** What is there only in demo mode answers as openapi.yaml says. */
@EveryContainer(kinds = ContainerKind.JETTY, demo = true, settings = "tidings.retry=200ms")
class DescribedDemoIT {

    @Test
    void demoAnswersAsItIsDescribed(Container container) {
        var hub = new DescribedHub(container);
        hub.ask(200, "GET /feeds", "/feeds");
        hub.ask(200, "GET /feeds/{feed}", "/feeds/clock");
        hub.ask(404, "GET /feeds/{feed}", "/feeds/none");
        hub.ask(204, "POST /feeds/answer/cancel", "/feeds/answer/cancel");
        hub.ask(200, "GET /say", "/say");
        hub.ask(200, "GET /openapi.yaml", "/openapi.yaml");
    }
}
