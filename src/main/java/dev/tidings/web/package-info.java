/** The pages that people see. They are plain HTML and talk to the hub as any other client does. */
@NullMarked
package dev.tidings.web;

import org.jspecify.annotations.NullMarked;
