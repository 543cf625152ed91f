package dev.tidings.http.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.hub.BoundedWait;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.Tokens;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeysTest {

    private final PublishingHub hub = new PublishingHub();

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void theSameKeyPublishesOnceAndAnswersTheSame() {
        HttpResponse<String> first = publish("k", "x");
        HttpResponse<String> second = publish("k", "x");
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(hub.published()).isEqualTo(1);
    }

    @Test
    void anotherKeyPublishesAgain() {
        publish("k", "x");
        publish("l", "x");
        assertThat(hub.published()).isEqualTo(2);
    }

    @Test
    void manyEventsArePublishedOnceAsOne() {
        String lines = "{\"msg\":1}\n{\"msg\":2}\n";
        HttpResponse<String> first =
                hub.send(hub.posting("application/x-ndjson", lines, "").header("Idempotency-Key", "k"));
        HttpResponse<String> second =
                hub.send(hub.posting("application/x-ndjson", lines, "").header("Idempotency-Key", "k"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(hub.published()).isEqualTo(2);
    }

    @Test
    void theSameEventInAnotherFormIsTheSameContent() {
        HttpResponse<String> first = publish("k", "x");
        HttpResponse<String> second =
                hub.send(hub.posting("application/json", "{\"msg\":\"x\"}", "").header("Idempotency-Key", "k"));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(hub.published()).isEqualTo(1);
    }

    @Test
    void otherContentIsRefused() {
        publish("k", "x");
        hub.assertRefused(posting("k", "y"), 422, "Idempotency-Key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'topic':'/news/1','type':'t','id':'i','retry':5",
                "'topic':['/news','/news/1'],'type':'t','id':'i','retry':5",
                "'topic':'/news','type':'u','id':'i','retry':5",
                "'topic':'/news','id':'i','retry':5",
                "'topic':'/news','type':'t','id':'j','retry':5",
                "'topic':'/news','type':'t','retry':5",
                "'topic':'/news','type':'t','id':'i','retry':6",
                "'topic':'/news','type':'t','id':'i'",
                "'topic':'/news','type':'t','id':'i','retry':5,'private':true",
            })
    void otherFieldThanTheDataIsOtherContent(String fields) {
        String first = "'topic':'/news','type':'t','id':'i','retry':5";
        assertThat(hub.send(json(first)).statusCode()).isEqualTo(201);
        hub.assertRefused(json(fields), 422, "Idempotency-Key");
        assertThat(hub.send(json(first)).statusCode()).isEqualTo(201);
        assertThat(hub.published()).isEqualTo(1);
    }

    @Test
    void theKeyOfAnotherUserIsAnother() {
        publish("k", "x");
        HttpRequest.Builder bobs = hub.to("/msg")
                .header("Authorization", Tokens.user("bob").bearer())
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString("y"));
        assertThat(hub.send(bobs).statusCode()).isEqualTo(201);
        assertThat(hub.published()).isEqualTo(2);
    }

    @Test
    void theKeyIsItsUsersWhicheverTokenComesWithIt() {
        HttpResponse<String> first = hub.send(withToken(Tokens.user("alice")));
        HttpResponse<String> second = hub.send(withToken(Tokens.user("alice").expiring(Duration.ofHours(2))));
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(hub.published()).isEqualTo(1);
    }

    @Test
    void theKeyOfATokenWithoutAUserIsItsAlone() {
        Tokens nobody = Tokens.grant("x", List.of("/users/{user}"), List.of()).without("sub");
        hub.send(withToken(nobody));
        hub.send(withToken(nobody));
        assertThat(hub.published()).isEqualTo(1);
        hub.send(withToken(nobody.expiring(Duration.ofHours(2))));
        assertThat(hub.published()).isEqualTo(2);
    }

    @Test
    void aFailedPublishLeavesItsKeyFree() {
        publish("k", "x");
        String position = hub.newest().id();
        hub.assertRefused(
                hub.posting("text/plain", "y", "?id=" + position).header("Idempotency-Key", "l"), 400, "id: ");
        assertThat(publish("l", "z").statusCode()).isEqualTo(201);
    }

    @Test
    void afterFiveMinutesTheKeyIsForgotten() {
        publish("k", "x");
        hub.clock.advance(Duration.ofSeconds(299));
        publish("k", "x");
        assertThat(hub.published()).isEqualTo(1);
        hub.clock.advance(Duration.ofSeconds(2));
        assertThat(publish("k", "y").statusCode()).isEqualTo(201);
        assertThat(hub.published()).isEqualTo(2);
    }

    /** Found when a clock was set forward, and publishes that were tried again were published twice. */
    @Test
    void clockThatIsSetForwardForgetsNoKey() {
        publish("k", "x");
        hub.clock.set(hub.clock.instant().plus(Duration.ofDays(1)));
        publish("k", "x");
        assertThat(hub.published()).isEqualTo(1);
    }

    @Test
    void whileTheFirstIsUnderWayTheOthersWaitForItsAnswer() {
        List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
        IntStream.range(0, 16).forEach(i -> all.add(CompletableFuture.supplyAsync(() -> publish("k", "x"))));
        var answers = new HashSet<String>();
        all.forEach(one -> answers.add(Eventually.value(one).body()));
        assertThat(answers).hasSize(1);
        assertThat(hub.published()).isEqualTo(1);
    }

    @Test
    void whatIsAcceptedTooLateIsTheAnswerToTheNextWithItsKey() {
        hub.faults.late();
        HttpResponse<String> late = publish("k", "x");
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
        hub.faults.up();
        hub.faults.acceptLate();
        HttpResponse<String> again = publish("k", "x");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).contains(hub.newest().id());
        assertThat(hub.published()).isEqualTo(1);
        hub.assertRefused(posting("k", "y"), 422, "Idempotency-Key");
    }

    /** Found by making the answer fail: the key was free, and whoever tried again published twice. */
    @Test
    void whatWasPublishedAndCouldNotBeAnsweredIsAnsweredToTheNextWithItsKey() {
        hub.faults.starvedAfterwards();
        assertThat(publish("k", "x").statusCode()).isEqualTo(503);
        hub.faults.up();
        HttpResponse<String> again = publish("k", "x");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).contains(hub.newest().id());
        assertThat(publish("k", "x").body()).isEqualTo(again.body());
        assertThat(hub.published()).isEqualTo(1);
        hub.assertRefused(posting("k", "y"), 422, "Idempotency-Key");
    }

    @Test
    void whileTheOutcomeIsUnknownNothingIsPublishedAgain() {
        hub.faults.late();
        assertThat(publish("k", "x").statusCode()).isEqualTo(503);
        hub.faults.up();
        hub.assertRefused(posting("k", "x"), 503, "Idempotency-Key");
        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> publish("k", "x"));
        hub.faults.acceptLate();
        HttpResponse<String> answer = Eventually.value(waiting);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(publish("k", "x").body()).isEqualTo(answer.body());
        assertThat(hub.published()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedTooLateLeavesItsKeyFree() {
        hub.faults.late();
        assertThat(publish("k", "x").statusCode()).isEqualTo(503);
        hub.faults.up();
        hub.faults.refuseLate();
        assertThat(publish("k", "x").statusCode()).isEqualTo(201);
        assertThat(hub.published()).isEqualTo(1);
    }

    /** Found when a log that hung held all threads of the container, by those that came again with a key. */
    @Test
    void onlySoManyWaitForAnOutcomeThatIsUnknown() {
        try (var patient = new PublishingHub(Duration.ofMinutes(1))) {
            patient.faults.late();
            HttpRequest.Builder posting = patient.posting("text/plain", "x", "").header("Idempotency-Key", "k");
            assertThat(patient.send(posting).statusCode()).isEqualTo(503);
            int more = 10;
            List<CompletableFuture<HttpResponse<String>>> all = IntStream.range(0, BoundedWait.SLOTS + more)
                    .mapToObj(i -> patient.sendAsync(posting))
                    .toList();
            Eventually.passes(() ->
                    assertThat(all.stream().filter(CompletableFuture::isDone)).hasSize(more));
            patient.faults.up().acceptLate();
            assertThat(all.stream()
                            .map(CompletableFuture::join)
                            .filter(answer -> answer.statusCode() == 201)
                            .count())
                    .isEqualTo(BoundedWait.SLOTS);
            assertThat(patient.published()).isEqualTo(1);
        }
    }

    /** What may not be published is refused as such, whatever key it comes with. */
    @Test
    void whoMayNotPublishIsToldThatBeforeAnythingOfItsKey() {
        hub.assertRefused(
                hub.posting("application/x-www-form-urlencoded", "topic=/forbidden&msg=x", "")
                        .header("Idempotency-Key", ""),
                403,
                "/forbidden");
    }

    @Test
    void twoKeysAreRefused() {
        hub.assertRefused(posting("k", "x").header("Idempotency-Key", "l"), 400, "Idempotency-Key: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 256})
    void aKeyThatIsEmptyOrTooLongIsRefused(int length) {
        hub.assertRefused(posting("k".repeat(length), "x"), 400, "Idempotency-Key: ");
    }

    @Test
    void keyMayHave255Bytes() {
        String longest = "k".repeat(255);

        assertThat(publish(longest, "x").body()).isEqualTo(publish(longest, "x").body());
        assertThat(hub.published()).isEqualTo(1);
    }

    private HttpResponse<String> publish(String key, String data) {
        return hub.send(posting(key, data));
    }

    /** An event with the key k and these fields, in apostrophes, beside its data. */
    private HttpRequest.Builder json(String fields) {
        String body = "{'msg':'x',%s}".formatted(fields).replace('\'', '"');
        return hub.posting("application/json", body, "").header("Idempotency-Key", "k");
    }

    /** An event to alice with the key k. */
    private HttpRequest.Builder withToken(Tokens token) {
        return hub.to("/msg?to=alice")
                .header("Authorization", token.bearer())
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString("x"));
    }

    private HttpRequest.Builder posting(String key, String data) {
        return hub.posting("text/plain", data, "").header("Idempotency-Key", key);
    }
}
