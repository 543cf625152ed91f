package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Requests;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that somebody sends begins a line in the log, where it would look like the hub's own. */
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class ForgedLinesIT {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing%0d%0aFORGED",
                "/nothing%0aFORGED",
                "/events?topic=%0aFORGED",
                "/events?topic=/a&token=x%0d%0aFORGED",
                "/msg?msg=x%0aFORGED&topic=/a%0aFORGED",
                "/.well-known/mercure/subscriptions/%0aFORGED",
                "/clients/%0d%0aFORGED",
                "/login?to=%0aFORGED"
            })
    void whatIsSentBeginsNoLineOfTheLog(String target, Container container) {
        for (String header : List.of(
                "X-Nothing: x",
                "Authorization: " + Tokens.operator().bearer(),
                "Origin: https://x\u0085FORGED",
                "X-Forwarded-For: a\u2028FORGED")) {
            Requests.get(container, target, header);
            Requests.send("POST", container, target, header);
        }
        assertThat(container.logText().lines()).noneMatch(line -> line.startsWith("FORGED"));
    }
}
