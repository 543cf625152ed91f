package dev.tidings.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;

/** The lines of HTTP/1.1, read strictly: each ends in CR LF (RFC 9112, section 2.2). */
final class Wire {

    private Wire() {}

    /** The next line, without its end. */
    static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = readByte(in); b != '\r'; b = readByte(in)) {
            line.write(b);
        }
        if (readByte(in) != '\n') {
            throw new StreamCorruptedException("CR without LF after: " + line.toString(StandardCharsets.UTF_8));
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The next byte; the end of the connection here is a connection that was cut. */
    static int readByte(InputStream in) throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("The connection ended in the middle of a response");
        }
        return b;
    }
}
