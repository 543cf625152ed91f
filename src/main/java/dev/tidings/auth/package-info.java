/**
 * Who may do what: a token is verified once per request and becomes a {@link dev.tidings.auth.Grant}.
 *
 * <p>{@link dev.tidings.auth.TokenVerifier} leaves signatures to java-jwt and reads the rest itself, strictly: a claim
 * that is said twice, or is not what it should be, refuses the token. Keys come from a
 * {@link dev.tidings.auth.KeySource}, chosen and checked when the hub is deployed, so that a key that does not suit the
 * algorithm never meets a token.
 *
 * <p>A set of published keys (JWKS) changes while the hub runs. It is read on the time of the request that
 * needs it ({@link dev.tidings.auth.JwksCache}): there is no thread to stop and no connection to close.
 * jwks-rsa would bring 3 MB of Guava for what is a JSON object and two kinds of numbers here.
 *
 * <p>Two exceptions are the whole vocabulary of refusal: {@link dev.tidings.auth.UnauthorizedException}
 * (we do not know who you are) and {@link dev.tidings.auth.ForbiddenException} (we know, and you may
 * not). Their messages are for the person at the other end and hold no part of a token, and they have no cause, since
 * the messages of libraries quote what they read.
 * {@link dev.tidings.auth.KeysUnavailableException} refuses nobody: it is the hub that cannot tell.
 *
 * <p>Nothing here knows HTTP. Where a token is found, and which status an exception becomes, is the
 * business of {@code http}.
 */
@NullMarked
package dev.tidings.auth;

import org.jspecify.annotations.NullMarked;
