/**
 * The doors that HTTP clients come in by, and what stands before them.
 *
 * <p>A request meets {@link dev.tidings.http.ErrorFilter}, which gives every exception its status, and
 * {@link dev.tidings.http.AuthFilter}, which turns the token into a grant before anybody reads a body.
 * Then {@link dev.tidings.http.PublishServlet} makes events of it, or
 * {@link dev.tidings.http.StreamServlet} opens a stream that outlives the request's thread.
 *
 * <p>Doors refuse by throwing; none writes an error. Queries and forms are parsed here and never by the
 * container, which merges, cuts off and mends them in its own way.
 */
@NullMarked
package dev.tidings.http;

import org.jspecify.annotations.NullMarked;
