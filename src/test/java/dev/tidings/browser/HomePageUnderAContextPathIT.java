package dev.tidings.browser;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;

/** All of it holds when the hub is not at the root of its server. */
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_10, ContainerKind.JETTY},
        contextPath = "/tidings",
        demo = true)
class HomePageUnderAContextPathIT extends HomePageIT {}
