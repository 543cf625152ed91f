package dev.tidings.http;

import java.io.ByteArrayOutputStream;

/** Bytes that become a body without being copied. */
final class BodyBytes extends ByteArrayOutputStream {

    BodyBytes(int size) {
        super(size);
    }

    Body toBody() {
        return new Body(buf, count);
    }
}
