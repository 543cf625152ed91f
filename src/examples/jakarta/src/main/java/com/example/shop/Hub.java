package com.example.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** Publishes events. */
final class Hub {

    private static final int TRIES = 5;
    private static final long FIRST_PAUSE_MILLIS = 1_000;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI url;
    private final HubTokens tokens;

    Hub(URI url, HubTokens tokens) {
        this.url = url;
        this.tokens = tokens;
    }

    /**
     * Publishes an event for all pages that this user has open, and waits while the hub cannot be reached. Each try has
     * the same {@code Idempotency-Key}, so the event is published once, even if an answer got lost.
     *
     * @return the hub's answer, JSON with the event's id
     */
    String publish(String user, String type, String data) throws IOException, InterruptedException {
        String query = "?to=" + URLEncoder.encode(user, UTF_8) + "&type=" + URLEncoder.encode(type, UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + "/msg" + query))
                .header("Content-Type", "text/plain; charset=utf-8")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString(data));
        long pause = FIRST_PAUSE_MILLIS;
        for (int tries = 1; ; tries++) {
            try {
                request.setHeader("Authorization", "Bearer " + tokens.ofShop());
                HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
                if (answer.statusCode() == 201) {
                    return answer.body();
                }
                if (tries == TRIES || isRefused(answer.statusCode())) {
                    throw new IllegalStateException("The hub answered " + answer.statusCode() + ": " + answer.body());
                }
            } catch (IOException failed) {
                if (tries == TRIES) {
                    throw failed;
                }
            }
            Thread.sleep(pause);
            pause *= 2;
        }
    }

    /** Whether the hub will say the same again. */
    private static boolean isRefused(int status) {
        return status < 500 && status != 429;
    }
}
