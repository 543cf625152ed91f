package com.example.shop;

import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Publishes events. */
@Component
class Hub {

    private static final int TRIES = 5;
    private static final long PAUSE_MILLIS = 1_000;

    private final RestClient http;
    private final HubTokens tokens;

    Hub(@Value("${hub.url}") String url, HubTokens tokens) {
        this.http = RestClient.create(url);
        this.tokens = tokens;
    }

    /**
     * Publishes an event to all pages that this user has open, once, and also if an answer gets lost.
     *
     * @return its id
     */
    String publish(String user, String type, Object data) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        for (int tries = 1; ; tries++) {
            try {
                return http.post()
                        .uri("/msg")
                        .headers(headers -> headers.setBearerAuth(tokens.ofShop()))
                        .header("Idempotency-Key", key)
                        .body(Map.of("to", user, "type", type, "msg", data))
                        .retrieve()
                        .body(Published.class)
                        .id();
            } catch (HttpServerErrorException | HttpClientErrorException.TooManyRequests | ResourceAccessException again) {
                if (tries == TRIES) {
                    throw again;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private record Published(String id) {}
}
