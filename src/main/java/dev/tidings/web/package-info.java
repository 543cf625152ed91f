/**
 * The pages that people see. They are plain HTML and talk to the hub as any other client does.
 *
 * <p>They know {@code http} for how errors are answered, and for which address a browser sees behind a proxy; nothing
 * there knows a page.
 */
@NullMarked
package dev.tidings.web;

import org.jspecify.annotations.NullMarked;
