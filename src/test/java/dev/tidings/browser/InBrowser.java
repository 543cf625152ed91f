package dev.tidings.browser;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test method that asks for {@link Tabs} a browser, empty as on its first day.
 *
 * <p>The browser is Chromium, see {@link Chromium}; it is started when it is first asked for and shared by all classes.
 * Where there is none the test is skipped, loudly; in continuous integration it fails.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(InBrowserExtension.class)
public @interface InBrowser {}
