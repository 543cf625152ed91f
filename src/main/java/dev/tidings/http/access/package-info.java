/**
 * Who may come in, and from which page: the filters before the doors, logging in and logging out.
 *
 * <ul>
 *   <li>{@link dev.tidings.http.access.AuthFilter} turns a token into a grant before a body is read.
 *   <li>{@link dev.tidings.http.access.CorsFilter} lets pages of listed origins read the answer.
 *   <li>{@link dev.tidings.http.access.TicketServlet} gives tickets, which stand for tokens in addresses.
 *   <li>{@link dev.tidings.http.access.OwnPages} says which pages may use the cookie to change something.
 * </ul>
 *
 * <p>Logging in and out is here and not with the pages, since it writes the cookie that the filter reads.
 */
@NullMarked
package dev.tidings.http.access;

import org.jspecify.annotations.NullMarked;
