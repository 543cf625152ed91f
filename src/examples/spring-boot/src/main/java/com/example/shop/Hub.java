package com.example.shop;

import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Publishes events. */
@Component
class Hub {

    private static final int TRIES = 5;
    private static final long FIRST_PAUSE_MILLIS = 1_000;

    private final RestClient http;
    private final HubTokens tokens;

    Hub(RestClient.Builder http, @Value("${hub.url}") String url, HubTokens tokens) {
        this.http = http.baseUrl(url).build();
        this.tokens = tokens;
    }

    /**
     * Publishes an event for all pages that this user has open, and waits while the hub cannot be reached. Each try has
     * the same {@code Idempotency-Key}, so the event is published once, even if an answer got lost.
     *
     * @return the event's id
     */
    String publish(String user, String type, Object data) throws InterruptedException {
        String key = UUID.randomUUID().toString();
        long pause = FIRST_PAUSE_MILLIS;
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
            } catch (RestClientException failed) {
                if (tries == TRIES || isRefused(failed)) {
                    throw failed;
                }
            }
            Thread.sleep(pause);
            pause *= 2;
        }
    }

    /** Whether the hub will say the same again. */
    private static boolean isRefused(RestClientException failed) {
        return failed instanceof HttpClientErrorException answer
                && answer.getStatusCode() != HttpStatus.TOO_MANY_REQUESTS;
    }

    private record Published(String id) {}
}
