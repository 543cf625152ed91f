/**
 * The doors that HTTP clients come in by, and what stands before them.
 *
 * <p>A request meets {@link dev.tidings.http.ErrorFilter}, which gives every exception its status,
 * {@link dev.tidings.http.CorsFilter}, which lets pages of listed origins read the answer, and
 * {@link dev.tidings.http.AuthFilter}, which turns the token into a grant before anybody reads a body.
 * Then {@link dev.tidings.http.PublishServlet} makes events of it, or
 * {@link dev.tidings.http.StreamServlet} opens a stream that outlives the request's thread.
 *
 * <p>What is the same at every address that streams or takes events, theirs and that of another protocol, is in
 * {@link dev.tidings.http.StreamDoor} and {@link dev.tidings.http.PublishDoor}.
 *
 * <p>{@link dev.tidings.http.LoginFilter} and {@link dev.tidings.http.LogoutServlet} stand here and not
 * with the pages: they verify a token, parse a form and write the cookie that the AuthFilter reads, and no
 * page. Where a request really came from, {@link dev.tidings.http.TrustedProxies} says.
 *
 * <p>What streams of every kind share is here, too: an {@link dev.tidings.http.Outflow} says what is next, a
 * {@link dev.tidings.http.Framing} how that is written, and {@link dev.tidings.http.Streams} when.
 *
 * <p>Doors refuse by throwing; none writes an error. Queries and forms are parsed here and never by the
 * container, which merges, cuts off and mends them in its own way.
 */
@NullMarked
package dev.tidings.http;

import org.jspecify.annotations.NullMarked;
