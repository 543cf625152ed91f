package dev.tidings.http;

import jakarta.servlet.ServletContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often the requests of a web application were answered with each status from 400 on.
 *
 * <p><b>Threads.</b> Any.
 */
public final class ErrorCounts {

    private static final String ATTRIBUTE = ErrorCounts.class.getName();

    private static final int FIRST = 400;
    private static final int LAST = 599;

    private final AtomicLongArray counts = new AtomicLongArray(LAST - FIRST + 1);

    /** Has the answers of this application counted here from now on. */
    public void count(ServletContext context) {
        context.setAttribute(ATTRIBUTE, this);
    }

    /** Counts an answer, if this application has its answers counted. */
    static void add(ServletContext context, int status) {
        if (context.getAttribute(ATTRIBUTE) instanceof ErrorCounts counts) {
            counts.add(status);
        }
    }

    private void add(int status) {
        if (status >= FIRST && status <= LAST) {
            counts.incrementAndGet(status - FIRST);
        }
    }

    /** The counts that are not zero, by status. */
    public Map<Integer, Long> byStatus() {
        var byStatus = new TreeMap<Integer, Long>();
        for (int i = 0; i < counts.length(); i++) {
            if (counts.get(i) > 0) {
                byStatus.put(FIRST + i, counts.get(i));
            }
        }
        return byStatus;
    }
}
