/**
 * Who may come in, and from which page: the filters before the doors, and logging in and out.
 *
 * <p>{@link dev.tidings.http.access.AuthFilter} turns a token into a grant before anybody reads a body,
 * {@link dev.tidings.http.access.CorsFilter} lets pages of listed origins read the answer, and
 * {@link dev.tidings.http.access.OwnPages} says whose pages may use the cookie to change something. Logging in and out stands
 * here and not with the pages, since it writes the cookie that the filter reads.
 */
@NullMarked
package dev.tidings.http.access;

import org.jspecify.annotations.NullMarked;
