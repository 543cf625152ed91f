package dev.tidings.container.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Clients;
import dev.tidings.container.Fresh;
import dev.tidings.container.Site;
import dev.tidings.container.SiteHub;
import dev.tidings.container.Watch;
import dev.tidings.testing.Container;
import dev.tidings.testing.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the cookie allows a link or a page of whoever it is. */
@SiteHub
class CookieReadsIT {

    private final String user = Fresh.user();
    private final Tokens token = Tokens.grant(user, List.of("*", Clients.ALL), List.of("*"));
    private final String cookie = Site.cookie(token);
    private final Container hub;

    CookieReadsIT(Container hub) {
        this.hub = hub;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/events", "/clients", "/token"})
    void readingChangesNothingAndSoMayBeAskedForByAnyPage(String target) {
        Tokens reader = Tokens.grant(user, List.of(), List.of("/clients"));
        assertThat(Site.send(hub, "GET", target, "Origin: http://evil.example", Site.cookie(reader))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void linkPublishesNothingWithTheCookieWhoeversPageItIsOn() {
        try (Watch watch = Watch.over(hub)) {
            for (String headers : List.of(Site.OWN, "Sec-Fetch-Site: same-origin", "")) {
                assertThat(Site.send(hub, "GET", "/msg?topic=/own&msg=x", headers, cookie)
                                .status())
                        .isEqualTo(401);
            }
            watch.assertNothing();
        }
    }
}
