package dev.tidings.browser;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The machinery of {@link InBrowser}: one Chromium for all tests, and tabs for each, which are closed after it. */
final class InBrowserExtension implements ParameterResolver, AfterEachCallback {

    private static final Namespace BROWSER = Namespace.create(InBrowser.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Tabs.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(BROWSER).computeIfAbsent(Tabs.class, key -> new Tabs(SharedChromium.get()), Tabs.class);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Tabs tabs = context.getStore(BROWSER).get(Tabs.class, Tabs.class);
        if (tabs != null && context.getExecutionException().isEmpty()) {
            tabs.assertNoFaults();
        }
    }
}
