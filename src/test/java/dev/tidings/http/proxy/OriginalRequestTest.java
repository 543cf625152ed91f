package dev.tidings.http.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OriginalRequestTest {

    @Test
    void siteIsWhatTheBrowserShowsWithoutASlashAtItsEnd() {
        assertThat(new OriginalRequest("192.0.2.1", true, "hub.example").site()).isEqualTo("https://hub.example");
        assertThat(new OriginalRequest("192.0.2.1", false, "[2001:db8::1]:8080").site())
                .isEqualTo("http://[2001:db8::1]:8080");
    }
}
