package dev.tidings.log;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/**
 * What the operating system says of a fault, for a sentence to an operator. The store wraps it into texts of its own, which
 * name objects of the JVM.
 */
final class DiskFault {

    private DiskFault() {}

    /** The reason as the operating system has it, as in {@code No space left on device}, and in brackets; or nothing. */
    static String reason(Throwable fault) {
        String said = null;
        for (Throwable cause = fault; cause != null && said == null; cause = cause.getCause()) {
            said = cause instanceof IOException io ? said(io) : null;
        }
        return said == null ? "" : " (" + said + ")";
    }

    private static @Nullable String said(IOException fault) {
        if (fault instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (fault instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return fault instanceof FileSystemException file ? file.getReason() : fault.getMessage();
    }
}
