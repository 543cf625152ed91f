package dev.tidings.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;

/**
 * Bounds what it costs to read JSON that others wrote: time and memory in proportion to its length.
 *
 * <p>There are at most {@value #MAX_DEPTH} levels. A number has at most {@value #MAX_NUMBER} digits, since Java's time
 * to make a number of its digits grows with their square. The reader keeps no table of names: names that are made to
 * collide in one would be compared with each other again and again. Names and texts have no bound of their own, since
 * the whole text has one.
 *
 * <p><b>Threads.</b> Any.
 */
public final class BoundedJson {

    /** The most levels of objects and lists. */
    public static final int MAX_DEPTH = 500;

    /** The most digits of a number. */
    public static final int MAX_NUMBER = 1000;

    private BoundedJson() {}

    /** Makes readers with these bounds. */
    public static JsonFactoryBuilder factory() {
        return (JsonFactoryBuilder) JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build());
    }
}
