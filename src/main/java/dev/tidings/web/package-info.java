/**
 * The pages that people see. They are plain HTML and talk to the hub as any other client does.
 *
 * <p>This package knows {@code http} for how errors are answered, and {@code http.proxy} for the address that a browser
 * sees behind a proxy. Nothing there knows a page.
 */
@NullMarked
package dev.tidings.web;

import org.jspecify.annotations.NullMarked;
