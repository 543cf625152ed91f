package dev.tidings.browser;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Example;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The shop in Spring Boot, under a context path of its own, with a hub under another. */
class SpringBootExampleIT extends ShopJourney {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    SpringBootExampleIT() {
        super("spring-boot", ContainerSpec.of(ContainerKind.TOMCAT_11).under("/tidings"));
    }

    /** By the lines of {@code docs/java.md}. */
    @Override
    URI startShop(Example example, Map<String, String> environment) {
        var variables = new HashMap<>(environment);
        variables.put("SERVER_PORT", "0");
        variables.put("SERVER_SERVLET_CONTEXT_PATH", "/shop");
        String port = example.await(
                STARTED, example.run(lines("The shop in Spring Boot").code(), variables));
        return URI.create("http://127.0.0.1:" + port + "/shop/");
    }
}
