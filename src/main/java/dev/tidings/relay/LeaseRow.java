package dev.tidings.relay;

import org.jspecify.annotations.Nullable;

/**
 * The lease as it stands in its table.
 *
 * @param counter raised with every change
 * @param holder who relays; null if nobody does
 * @param batch the {@linkplain BatchIds#text text} of a batch that may have been published and whose rows may be there still; or null
 */
record LeaseRow(
        long counter, @Nullable String holder, @Nullable String batch) {}
