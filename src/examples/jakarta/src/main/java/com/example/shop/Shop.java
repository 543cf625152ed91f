package com.example.shop;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.net.URI;
import java.time.Duration;

/** A shop whose pages hear at once that an order was shipped. Its settings come from the environment. */
public final class Shop implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        // The hub, as the shop and the browsers reach it.
        URI hubUrl = URI.create(setting("HUB_URL", "http://127.0.0.1:8080"));
        // The key that the hub verifies tokens with.
        String key = setting("HUB_KEY", "");
        if (key.isEmpty()) {
            throw new IllegalStateException("HUB_KEY is not set: it is the key that the hub verifies tokens with");
        }
        Duration age = Duration.parse("PT" + setting("HUB_TOKEN_AGE", "10m"));

        var tokens = new HubTokens(key, age);
        ServletContext context = event.getServletContext();
        context.addServlet("token", new TokenServlet(hubUrl, tokens)).addMapping("/hub-token");
        context.addServlet("ship", new ShipServlet(new Hub(hubUrl, tokens))).addMapping("/orders/*");
    }

    private static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
