package dev.tidings.browser;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The machinery of {@link InBrowser}: one Chromium for all tests, tabs for each.
 *
 * <p>Both live in stores that close them, the one when the last test of the JVM is done, the others after each test.
 */
final class InBrowserExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace BROWSER = Namespace.create(InBrowser.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Tabs.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Chromium chromium = context.getRoot()
                .getStore(BROWSER)
                .computeIfAbsent(Chromium.class, key -> Chromium.start(), Chromium.class);
        return context.getStore(BROWSER).computeIfAbsent(Tabs.class, key -> new Tabs(chromium), Tabs.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Tabs tabs = context.getStore(BROWSER).get(Tabs.class, Tabs.class);
        if (tabs != null && context.getExecutionException().isEmpty()) {
            tabs.assertNoFaults();
        }
    }
}
