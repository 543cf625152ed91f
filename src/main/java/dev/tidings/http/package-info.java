/**
 * The toolkit of all doors that speak HTTP: how a query, a form, a body and JSON are read, how a request was
 * authenticated ({@link dev.tidings.http.Authentication}), what it subscribes to
 * ({@link dev.tidings.http.SubscriptionReader}), and how errors are answered ({@link dev.tidings.http.ErrorFilter},
 * {@link dev.tidings.http.Problem}).
 *
 * <p>Doors refuse by throwing; none writes an error. Queries and forms are parsed here and never by the container,
 * which merges, cuts off and mends them in its own way.
 */
@NullMarked
package dev.tidings.http;

import org.jspecify.annotations.NullMarked;
