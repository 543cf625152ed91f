package dev.tidings.auth;

import org.jspecify.annotations.Nullable;

/**
 * What a hub asks of a token beside its signature and times, and what it reads from it.
 *
 * @param issuer what {@code iss} must be, or null when anyone who can sign may issue
 * @param audience what {@code aud} must be or contain, or null when it is not looked at
 * @param userClaim the claim that names the user, {@code sub} unless configured otherwise
 * @param defaultGrant what a token without a {@code mercure} claim allows
 */
public record TokenRules(
        @Nullable String issuer, @Nullable String audience, String userClaim, DefaultGrant defaultGrant) {}
