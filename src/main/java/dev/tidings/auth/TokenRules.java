package dev.tidings.auth;

import org.jspecify.annotations.Nullable;

/**
 * What a hub asks of a token beside its signature and times, and what it reads from it.
 *
 * <p><b>Threads.</b> Immutable; any.
 *
 * @param issuer the value that {@code iss} must have, or null when it is not checked
 * @param audience the value that {@code aud} must have or contain, or null when it is not checked
 * @param userClaim the claim that names the user, {@code sub} unless configured otherwise
 * @param defaultGrant what a token without a {@code mercure} claim allows
 */
public record TokenRules(
        @Nullable String issuer, @Nullable String audience, String userClaim, DefaultGrant defaultGrant) {}
