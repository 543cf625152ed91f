package dev.tidings.browser;

import static dev.tidings.browser.Console.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The home page of a hub that has no key yet. */
@InBrowser
class UnconfiguredPageIT {

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY"})
    void missingSettingIsNamedWithHowToSetIt(ContainerKind kind, Tabs tabs) {
        Container container = ContainerSpec.of(kind)
                .under("/tidings")
                .without("tidings.jwt.key")
                .shared();
        Page page = tabs.open(container.uri("/")).page();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("One setting is missing")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.MAIN)).containsText("Set tidings.jwt.key to the secret");
        assertThat(page.locator("pre"))
                .containsText(new String[] {"TIDINGS_JWT_KEY=", "tidings.jwt.key=", "-Dtidings.jwt.key="});
        assertThat(page.getByRole(AriaRole.TEXTBOX)).hasCount(0);
    }
}
