package dev.tidings.browser;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import org.junit.jupiter.api.Nested;

/** All of it holds when the hub is not at the root of its server: on Tomcat, where the root is tried on Jetty as well. */
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
    @EveryContainer(kinds = ContainerKind.TOMCAT_10, contextPath = "/tidings", demo = true)
    class FeedPages extends FeedPagesIT {}
}
