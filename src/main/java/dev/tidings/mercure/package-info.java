/**
 * The Mercure protocol, draft 07, at {@code /.well-known/mercure}: thin over {@code http} and {@code hub}, whose
 * doors open the streams and publish the events. This package holds only what the protocol does in its own way.
 *
 * <p>{@link dev.tidings.mercure.MercureServlet} is the one address for subscribing and publishing;
 * {@link dev.tidings.mercure.Draft07} reads the fields of requests. A later draft would stand beside it,
 * chosen by the fields that a request uses. {@link dev.tidings.mercure.SubscriptionsServlet} shows the active
 * subscriptions, {@link dev.tidings.mercure.SubscriptionEvents} tells when that changes, both with the documents of
 * {@link dev.tidings.mercure.SubscriptionDocument}.
 */
@NullMarked
package dev.tidings.mercure;

import org.jspecify.annotations.NullMarked;
