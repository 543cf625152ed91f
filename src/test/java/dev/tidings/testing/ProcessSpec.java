package dev.tidings.testing;

import java.util.List;

/**
 * How the process of a container is started.
 *
 * @param heapMegabytes the heap it may use, in MiB
 * @param descriptors how many files and sockets it may have open at once; 0 for as many as we may
 * @param options what its JVM is started with beside the heap
 * @param logging what the JDK's logging, or Tomcat's, is told; empty for what it is told usually
 */
record ProcessSpec(int heapMegabytes, int descriptors, List<String> options, String logging) {

    static final ProcessSpec USUAL = new ProcessSpec(256, 0, List.of(), "");

    ProcessSpec {
        options = List.copyOf(options);
    }

    /** Most live for seconds; those with a larger heap are for load. */
    boolean isBrief() {
        return heapMegabytes <= USUAL.heapMegabytes;
    }
}
