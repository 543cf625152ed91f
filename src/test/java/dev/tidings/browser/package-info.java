/**
 * Facts about the pages, as people see them in a real Chromium.
 *
 * <p>A class marked {@link dev.tidings.browser.InBrowser} asks for {@link dev.tidings.browser.Tabs}; each tab watches
 * its page, and a test in which a page complained has failed.
 */
@NullMarked
package dev.tidings.browser;

import org.jspecify.annotations.NullMarked;
