package dev.tidings.hub;

import java.util.Locale;

/** Why a subscriber ended. Each ends exactly once, with one of these. */
public enum DisconnectReason {
    /** Its peer closed or reset the stream. */
    CLOSED,
    /** An operator ended it. */
    DISCONNECTED,
    /** Its token's {@code exp} has passed. */
    EXPIRED,
    /** Its token was revoked. */
    REVOKED,
    /** History moved past what it had read. */
    SLOW,
    /** Its peer answered no ping, or took nothing, for three heartbeats. */
    SILENT,
    /** The hub is stopping. */
    DRAINED,
    /** The hub failed. The server's own log has the failure. */
    FAILED,
    /** Its node is gone. The other nodes say so; no subscriber of a node that lives ends for this reason. */
    LOST;

    /** The word that clients and operators see. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
