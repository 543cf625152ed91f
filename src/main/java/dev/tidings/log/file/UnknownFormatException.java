package dev.tidings.log.file;

/** A log's file was written by a version of Tidings that this one does not know. */
final class UnknownFormatException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownFormatException(String format) {
        super(format);
    }
}
