package dev.tidings.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * One page, watched: what it should never do is kept as a fault.
 *
 * <p>Faults are errors in the console, exceptions that nobody caught, whatever the Content-Security-Policy stopped, and
 * requests to any other host or port. A test that provokes one says so with {@link #mayComplain}.
 */
public final class Tab implements AutoCloseable {

    private static final String REPORT_VIOLATIONS = """
            document.addEventListener('securitypolicyviolation', (violation) =>
              console.error(`CSP ${violation.effectiveDirective} stopped ${violation.blockedURI}`));
            """;

    private final BrowserContext person;
    private final URI address;
    private final boolean runsScripts;
    private final Page page;
    private final List<String> faults = new ArrayList<>();
    private final List<Predicate<String>> forgiven = new ArrayList<>();

    /** @param runsScripts whether the person has JavaScript on */
    Tab(BrowserContext person, URI address, boolean runsScripts) {
        this.person = person;
        this.address = address;
        this.runsScripts = runsScripts;
        this.page = person.newPage();
        page.addInitScript(REPORT_VIOLATIONS);
        person.onConsoleMessage(this::heard);
        person.onWebError(error -> faults.add("uncaught: " + error.error()));
        person.onRequest(this::requested);
    }

    void load() {
        page.navigate(address.toString());
    }

    /** The page in it. */
    public Page page() {
        return page;
    }

    /** Forgives every complaint in which this is found, past or to come. */
    public void mayComplain(String regex) {
        forgiven.add(Pattern.compile(regex).asPredicate());
    }

    /** What the page did so far that it should not have done, but for what is forgiven. */
    public List<String> faults() {
        settle();
        return faults.stream()
                .filter(fault -> forgiven.stream().noneMatch(pattern -> pattern.test(fault)))
                .toList();
    }

    void assertNoFaults() {
        assertThat(faults()).as("faults of the page at %s", address).isEmpty();
    }

    /** What was said before this is asked has been heard when it is answered. Without JavaScript no timer ever ends. */
    private void settle() {
        page.evaluate(runsScripts ? "() => new Promise((done) => setTimeout(done))" : "() => true");
    }

    private void heard(ConsoleMessage message) {
        if (message.type().equals("error")) {
            faults.add("console: " + message.text() + " at " + message.location());
        }
    }

    private void requested(Request request) {
        URI asked = URI.create(request.url());
        if (!String.valueOf(asked.getAuthority()).equals(address.getAuthority())) {
            faults.add("request to another host: " + request.url());
        }
    }

    @Override
    public void close() {
        person.close();
    }
}
