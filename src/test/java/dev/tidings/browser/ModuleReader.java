package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.tidings.testing.Eventually;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A page whose script reads numbers with tidings.js, and keeps what it hears. */
final class ModuleReader {

    private static final String READ = """
            async ([module, hub, topic, options, start]) => {
              const { tidings } = await import(module);
              window.heard = [];
              window.states = [];
              window.refusals = [];
              window.hub = tidings(hub, {
                ...options,
                state: (state, why) => window.states.push(why ? state + ': ' + why : state),
                refused: ({ message }) => window.refusals.push(message),
              });
              window.hub.on(topic, ({ data }) => window.heard.push(Number(data)), start);
            }
            """;

    private final Page page;

    private ModuleReader(Page page) {
        this.page = page;
    }

    /**
     * Has the page read this topic.
     *
     * @param hub the address of a hub, which also has the module
     * @param options those of the module that are no functions
     * @param start where the listener begins
     */
    static ModuleReader in(Page page, String hub, String topic, Map<String, ?> options, Map<String, ?> start) {
        page.evaluate(READ, List.of(hub + "tidings.js", hub, topic, options, start));
        return new ModuleReader(page);
    }

    Page page() {
        return page;
    }

    ModuleReader live() {
        Eventually.holds(
                "the page is live",
                () -> page.evaluate("() => window.hub.state").equals("live"));
        return this;
    }

    List<Long> numbers() {
        return ((List<?>) page.evaluate("() => window.heard"))
                .stream().map(number -> ((Number) number).longValue()).toList();
    }

    List<?> states() {
        return (List<?>) page.evaluate("() => window.states");
    }

    /** Waits until it has heard something. */
    void assertHasSome() {
        Eventually.passes(() -> assertThat(numbers()).isNotEmpty());
    }

    /** Waits until it has heard this number, and sees that it has heard each since its first once and in order. */
    void assertHasAllUpTo(long last) {
        Eventually.passes(() -> assertThat(numbers()).contains(last));
        List<Long> numbers = numbers();
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(numbers.get(0), last).boxed().toList());
    }
}
