package dev.tidings.browser;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Example;
import dev.tidings.testing.StockTomcat;
import java.net.URI;
import java.util.Map;

/** The shop in Jakarta EE, as a WAR in a Tomcat, with a hub under a context path in Jetty. */
class JakartaOnTomcatExampleIT extends ShopJourney {

    JakartaOnTomcatExampleIT() {
        super("jakarta", ContainerSpec.of(ContainerKind.JETTY).under("/tidings"));
    }

    /** By the lines of {@code docs/java.md}. */
    @Override
    URI startShop(Example example, Map<String, String> environment) {
        String lines = StockTomcat.lines()
                + lines("In production")
                        .with("/opt/tomcat", "$PWD/tomcat")
                        .with("https://hub.example.com/tidings", environment.get("HUB_URL"))
                        .code();
        String port = example.await(StockTomcat.PORT, example.run(lines, environment));
        return URI.create("http://127.0.0.1:" + port + "/shop/");
    }
}
