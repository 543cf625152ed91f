package dev.tidings.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * The Chromium of this machine, driven through Playwright: {@code /usr/bin/chromium}, or the one that the system
 * property {@code test.chromium} names. Nothing is downloaded.
 *
 * <p><b>Threads.</b> Any, one at a time: Playwright has no locks of its own.
 */
final class Chromium implements AutoCloseable {

    private static final String PROPERTY = "test.chromium";
    private static final String DEFAULT_PATH = "/usr/bin/chromium";

    /**
     * What Playwright switches off, whose list this one replaces, and at the end what makes other processes for each
     * window and each tab: pages of the browser's own behind its address bar, and renderers in reserve.
     */
    private static final List<String> WITHOUT = List.of(
            "AutoDeElevate",
            "AvoidUnnecessaryBeforeUnloadCheckSync",
            "BlockOriginHeaderModificationOnRedirect",
            "BoundaryEventDispatchTracksNodeRemoval",
            "DestroyProfileOnBrowserClose",
            "DialMediaRouteProvider",
            "GlobalMediaControls",
            "HttpsUpgrades",
            "LensOverlay",
            "MediaRouter",
            "OptimizationHints",
            "PaintHolding",
            "ThirdPartyStoragePartitioning",
            "Translate",
            "SpareRendererForSitePerProcess",
            "WebUIOmniboxAimPopup",
            "WebUIOmniboxPopup");

    private static final List<String> ARGUMENTS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=" + String.join(",", WITHOUT));

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path executable = locate(System.getProperty(PROPERTY, DEFAULT_PATH), Boolean.parseBoolean(System.getenv("CI")));
        var environment = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        try {
            var options = new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setArgs(ARGUMENTS);
            return new Chromium(playwright, playwright.chromium().launch(options));
        } catch (RuntimeException | Error e) {
            playwright.close();
            throw e;
        }
    }

    /**
     * The browser at this path. Where there is none, whoever asks is skipped with a word on how to get one; but not
     * where {@code required}, lest nobody notices that the pages are never looked at.
     */
    static Path locate(String path, boolean required) {
        Path executable = Path.of(path);
        if (Files.isExecutable(executable)) {
            return executable;
        }
        String missing = "No browser at " + path + ", so the pages are not tested: apt-get install chromium,"
                + " or name another with -D" + PROPERTY + "=/path/to/chromium";
        if (required) {
            throw new AssertionError(missing);
        }
        System.err.println(missing);
        return Assumptions.abort(missing);
    }

    /** What a person has who never used this browser before. */
    BrowserContext newPerson(Browser.NewContextOptions options) {
        return browser.newContext(options);
    }

    /** Whether the browser has not ended. */
    boolean isAlive() {
        return browser.isConnected();
    }

    @Override
    public void close() {
        try (playwright) {
            browser.close();
        }
    }
}
