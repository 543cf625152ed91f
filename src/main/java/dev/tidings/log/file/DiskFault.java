package dev.tidings.log.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words of the operating system, or of the JVM, for a fault, to put into a sentence for an operator. The store wraps
 * them into texts of its own, which name objects of the JVM.
 */
final class DiskFault {

    private DiskFault() {}

    /** The reason in brackets after a space, as in {@code " (No space left on device)"}. Empty if there is none. */
    static String reason(Throwable fault) {
        String said = null;
        for (Throwable cause = fault; cause != null && said == null; cause = cause.getCause()) {
            said = said(cause);
        }
        return said == null ? "" : " (" + said + ")";
    }

    private static @Nullable String said(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return "memory has run out";
        } else if (cause instanceof AccessDeniedException) {
            return "permission denied";
        } else if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        } else if (cause instanceof FileSystemException file) {
            return file.getReason();
        } else {
            return cause instanceof IOException ? cause.getMessage() : null;
        }
    }
}
