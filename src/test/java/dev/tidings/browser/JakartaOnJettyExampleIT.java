package dev.tidings.browser;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Example;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** The shop in Jakarta EE, by {@code mvn jetty:run} at the root, with a hub at the root in Tomcat. */
class JakartaOnJettyExampleIT extends ShopJourney {

    private static final Pattern STARTED = Pattern.compile("Started oejs\\.ServerConnector@.*:(\\d+)}");

    JakartaOnJettyExampleIT() {
        super("jakarta", ContainerSpec.of(ContainerKind.TOMCAT_11));
    }

    /** By the lines of {@code docs/java.md}. */
    @Override
    URI startShop(Example example, Map<String, String> environment) {
        String lines = lines("The shop in Jakarta EE")
                .with("jetty:run", "-Djetty.http.port=0 jetty:run")
                .code();
        return URI.create("http://127.0.0.1:" + example.await(STARTED, example.run(lines, environment)) + "/");
    }
}
