/**
 * Tokens, keys and grants: a token is verified once per request and becomes a {@link dev.tidings.auth.Grant}.
 *
 * <p>{@link dev.tidings.auth.TokenVerifier} leaves signatures to java-jwt and reads the rest itself, strictly: a claim
 * that stands there twice, or is not what it should be, refuses the token. Keys come from a
 * {@link dev.tidings.auth.KeySource}, which is chosen and checked when the hub is deployed. So a key that does not suit
 * the algorithm never meets a token.
 *
 * <p>A set of published keys (JWKS) changes while the hub runs. The request that needs it reads it
 * ({@link dev.tidings.auth.JwksCache}), so there is no thread to stop and no connection to close. The library jwks-rsa
 * would bring 3 MB of Guava for a JSON object and two kinds of numbers.
 *
 * <p>A token may count as bad before it expires ({@link dev.tidings.auth.Revocations}), and a ticket may stand for it once ({@link
 * dev.tidings.auth.Tickets}). Where revocations and tickets are kept is for others to say: {@link
 * dev.tidings.auth.RevocationStore} and {@link dev.tidings.auth.TicketStore} are ports.
 *
 * <p>Two exceptions refuse:
 *
 * <ul>
 *   <li>{@link dev.tidings.auth.UnauthorizedException}: the hub does not know who the caller is.
 *   <li>{@link dev.tidings.auth.ForbiddenException}: the hub knows, and the caller may not do this.
 * </ul>
 *
 * <p>Their messages are for the person at the other end and have no part of a token. They have no cause, since the
 * messages of libraries quote what they read. {@link dev.tidings.auth.KeysUnavailableException} refuses nobody: the hub
 * cannot tell.
 *
 * <p>Nothing here knows HTTP. Where a token stands in a request, and which status an exception becomes, is decided in
 * {@code http}.
 */
@NullMarked
package dev.tidings.auth;

import org.jspecify.annotations.NullMarked;
