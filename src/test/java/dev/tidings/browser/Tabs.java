package dev.tidings.browser;

import com.microsoft.playwright.Browser;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The tabs that one test opens, each a person of its own: no two share cookies or a cache.
 *
 * <p>They are closed after the test, which has failed when one of their pages complained, see {@link Tab}.
 *
 * <p><b>Threads.</b> The test's only.
 */
public final class Tabs implements AutoCloseable {

    private final Chromium chromium;
    private final List<Tab> open = new ArrayList<>();

    Tabs(Chromium chromium) {
        this.chromium = chromium;
    }

    /** A tab of its usual size that has loaded this page. */
    public Tab open(URI page) {
        return open(page, new Browser.NewContextOptions());
    }

    /** A tab that has loaded this page, with a screen, colours and so on as given. It trusts the tests' own certificates. */
    public Tab open(URI page, Browser.NewContextOptions options) {
        options.setIgnoreHTTPSErrors(true);
        var tab = new Tab(chromium.newPerson(options), page, !Boolean.FALSE.equals(options.javaScriptEnabled));
        open.add(tab);
        tab.load();
        return tab;
    }

    void assertNoFaults() {
        open.forEach(Tab::assertNoFaults);
    }

    @Override
    public void close() {
        open.forEach(Tab::close);
    }
}
