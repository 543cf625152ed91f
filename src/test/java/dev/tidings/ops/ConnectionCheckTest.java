package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionCheckTest {

    @Test
    void connectorThatAcceptsTooFewIsWarnedOf() {
        assertThat(warnings("499"))
                .singleElement()
                .asString()
                .contains("port 8080", "accepts 499 connections", "maxConnections", "500 at least");
    }

    @Test
    void connectorThatAcceptsEnoughOrAnyNumberIsFine() {
        assertThat(warnings("500")).isEmpty();
        assertThat(warnings("8192")).isEmpty();
        assertThat(warnings("-1")).isEmpty();
    }

    @Test
    void connectorThatTellsNothingIsNotMentioned() {
        assertThat(warnings("null")).isEmpty();
    }

    private static List<String> warnings(String most) {
        var tomcat = new TomcatBeans()
                .with("Catalina:type=Connector,port=8080", Map.of("protocol", "HTTP/1.1", "maxConnections", most));
        return ConnectionCheck.warnings(tomcat.server(), 500);
    }
}
