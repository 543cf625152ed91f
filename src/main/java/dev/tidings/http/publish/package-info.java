/**
 * The address that takes events, {@code /msg}: {@link dev.tidings.http.publish.PublishServlet}, and a
 * {@link dev.tidings.http.publish.PublishReader} for each form in which events may be sent.
 */
@NullMarked
package dev.tidings.http.publish;

import org.jspecify.annotations.NullMarked;
