package dev.tidings.container.publish;

import static dev.tidings.container.Refusals.assertRefused;
import static dev.tidings.testing.Publisher.FORM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Watch;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.OfTheDoors;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Tokens;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is refused is refused with a problem that names its field, and publishes nothing. */
@OfTheDoors
@EveryContainer(kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY})
class PublishRefusedIT {

    private Publisher publisher;
    private Watch watch;

    @BeforeEach
    void watch(Container container) {
        publisher = Publisher.to(container);
        watch = Watch.over(container);
    }

    @AfterEach
    void nothingWasPublished() {
        watch.assertNothing();
        watch.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            value = {
                "msg=%FF => 400 => msg",
                "msg=%zz => 400 => msg",
                "msg=a&data=a => 400 => msg",
                "msg=a&msg=a => 400 => msg",
                "msg=a&to=bob&topic=/a => 400 => to",
                "msg=a&privat=true => 400 => privat",
                "private=maybe => 400 => private",
                "topic= => 400 => topic",
                "topic=a%0D%0AX-Injected:1 => 400 => topic",
                "to=a%0Ab => 400 => to",
                "type=a%0Adata:b => 400 => type",
                "type=a%0Did:b => 400 => type",
                "type=%00 => 400 => type",
                "type=gap => 400 => type",
                "type=expiring => 400 => type",
                "type=caught-up => 400 => type",
                "id=a%0D%0ASet-Cookie:b => 400 => id",
                "id=%00 => 400 => id",
                "id=%20a => 400 => id",
                "id=earliest => 400 => id",
                "id=%23a => 400 => id",
                "retry=soon => 400 => retry",
                "retry=-1 => 400 => retry",
                "retry=86400001 => 400 => retry",
                "retry=1%0Aid:x => 400 => retry",
                "topic=/.well-known/mercure => 403 => ''",
                "topic=/clients/1 => 403 => ''",
                "topic=/a&topic=/hub/nodes => 403 => ''",
            })
    void whatIsNoEvent(String form, int status, String field) {
        assertRefused(publisher.post(FORM, form), status, field);
    }

    @Test
    void moreThan64KibOfTopics() {
        String topics = IntStream.rangeClosed(0, 32)
                .mapToObj(i -> "topic=/" + "x".repeat(2_000) + i)
                .collect(Collectors.joining("&"));
        assertThat(assertRefused(publisher.post(FORM, topics), 400, "topic")).contains("65536");
    }

    @Test
    void whatIsNotGranted(Container container) {
        Publisher alice = Publisher.to(container, Tokens.user("alice"));
        assertThat(assertRefused(alice.post(FORM, "topic=/users/alice&topic=/news&msg=x"), 403, ""))
                .contains("/news");
    }

    @Test
    void positionOfTheHubCannotBeAnId() {
        String position = publisher.publish("/a", "x");
        watch.next();

        assertRefused(publisher.post(FORM, "topic=/a&id=" + position), 400, "id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "multipart/form-data; boundary=x",
                "text/plain; charset=iso-8859-1",
                "application/json; charset=utf-16",
                "nonsense"
            })
    void unknownContentType(String contentType) {
        assertRefused(publisher.post(contentType, "x"), 415, "");
    }
}
