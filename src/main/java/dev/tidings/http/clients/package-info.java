/**
 * The registry of clients, for operators: {@link dev.tidings.http.clients.ClientsServlet} lists them and ends one,
 * {@link dev.tidings.http.clients.ClientEvents} tells which clients come and go.
 */
@NullMarked
package dev.tidings.http.clients;

import org.jspecify.annotations.NullMarked;
