package dev.tidings.browser;

import com.microsoft.playwright.Page;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** All of it holds when the hub is not at the root of its server: on Tomcat, where the root is tried on Jetty. */
class PagesUnderAContextPathIT {

    @Nested
    @EveryContainer(kinds = ContainerKind.TOMCAT_10, contextPath = "/tidings", demo = true)
    class HomePage extends HomePageIT {}

    @Nested
    @EveryContainer(kinds = ContainerKind.TOMCAT_10, contextPath = "/tidings")
    class LoginPage extends LoginPageIT {}

    @Nested
    @EveryContainer(kinds = ContainerKind.TOMCAT_10, contextPath = "/tidings", demo = true)
    class ConsolePage extends ConsoleIT {}

    @Nested
    @EveryContainer(kinds = ContainerKind.TOMCAT_10, contextPath = "/tidings")
    class BusyConsole extends BusyConsoleIT {}

    @Nested
    @EveryContainer(
            kinds = ContainerKind.TOMCAT_10,
            contextPath = "/tidings",
            settings = {"tidings.retry=200ms", "tidings.anonymous=true"})
    class TokenEnd extends TokenEndIT {}

    @Nested
    @EveryContainer(kinds = ContainerKind.TOMCAT_10, contextPath = "/tidings")
    class ErrorPage extends ErrorPageIT {}

    @Nested
    @InBrowser
    @EveryContainer(kinds = ContainerKind.TOMCAT_10, contextPath = "/tidings", demo = true)
    class FeedPages {

        @Test
        void eachShowsItsFeed(Container container, Tabs tabs) {
            Page page = tabs.open(container.uri("/feeds")).page();
            for (String feed : FeedPage.ALL) {
                page.locator("a[href='feeds/" + feed + "']").click();
                FeedPage.awaitSomething(page, feed);
                page.getByText("All feeds").click();
            }
        }
    }
}
