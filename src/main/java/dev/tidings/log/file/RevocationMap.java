package dev.tidings.log.file;

import dev.tidings.auth.Revocation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;

/**
 * The revocations in a log's file, by their ids. A file that never had one has no place for them, and is the same as before
 * there were any.
 *
 * <p><b>Threads.</b> As the {@link EventStore} that it is part of.
 */
final class RevocationMap {

    private static final String NAME = "revocations";

    private final MVStore store;

    RevocationMap(MVStore store) {
        this.store = store;
    }

    /**
     * All of them, with those that have ended.
     *
     * @throws IllegalArgumentException if one is of a kind that this version does not know
     */
    List<Revocation> all() {
        var all = new ArrayList<Revocation>();
        if (store.hasMap(NAME)) {
            map().values().forEach(text -> all.add(Revocation.parse(text)));
        }
        return all;
    }

    /** Adds one, in the place of another with its id. */
    void put(Revocation revocation) {
        map().put(revocation.id(), revocation.text());
    }

    void remove(String id) {
        map().remove(id);
    }

    /** How many there are. */
    long size() {
        return store.hasMap(NAME) ? map().sizeAsLong() : 0;
    }

    /** Removes those that are not wanted any more. */
    void keepOnly(Predicate<Revocation> wanted) {
        for (Revocation each : all()) {
            if (!wanted.test(each)) {
                remove(each.id());
            }
        }
    }

    private MVMap<String, String> map() {
        return store.openMap(
                NAME,
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
    }
}
