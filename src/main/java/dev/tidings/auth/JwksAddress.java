package dev.tidings.auth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The address of a JWK set: a file, or an address of {@code https:} whose certificate the JVM must trust. {@code http:}
 * is refused, since anybody on the network path could put in a key of their own.
 *
 * <p>Reading is bounded: {@value #MAX_BYTES} bytes, 3 s to connect and for each silence, and 6 s for the whole body. It
 * starts no thread and keeps no connection, so an undeployed hub leaves nothing behind.
 *
 * <p><b>Threads.</b> Any. {@link #read} blocks.
 */
abstract class JwksAddress {

    /** The most bytes of a set. A set of a hundred RSA keys has a third of this. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_PORT = 65_535;

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final String FILE = "file:";

    /**
     * Reads an address from its text.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when the text is none
     */
    static JwksAddress of(String text) {
        if (text.startsWith(FILE)) {
            return ofFile(text.substring(FILE.length()));
        }
        URI uri = uri(text);
        String host = uri.getRawAuthority();
        if (!"https".equalsIgnoreCase(uri.getScheme()) || host == null) {
            throw new IllegalArgumentException(
                    "a key set is read from an address that begins with https: or file:," + " and this is neither");
        }
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw new IllegalArgumentException(
                    "the address of the key set has no host, or its port is not from 1 to 65535");
        }
        if (host.contains("@")) {
            throw new IllegalArgumentException("a password in the address of a key set is not sent; leave it out");
        }
        return new Web(uri, TIMEOUT);
    }

    /** Reads the present bytes of the set. */
    abstract byte[] read() throws IOException;

    /** Returns the address as it may be logged. */
    @Override
    public abstract String toString();

    private static JwksAddress ofFile(String path) {
        try {
            Path file = Path.of(path);
            if (!file.isAbsolute() || file.getFileName() == null) {
                throw new IllegalArgumentException(
                        "give the absolute path of a file after file:, as in file:/etc/tidings/jwks.json");
            }
            return new LocalFile(file);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("what follows file: is not a path", e);
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("this is not an address", e);
        }
    }

    private static byte[] bounded(InputStream in, Duration longest) throws IOException {
        long begun = System.nanoTime();
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[8 * 1024];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            bytes.write(buffer, 0, count);
            if (bytes.size() > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES + " bytes");
            }
            if (System.nanoTime() - begun > longest.toNanos()) {
                throw new IOException("it takes too long to arrive");
            }
        }
        return bytes.toByteArray();
    }

    private static final class LocalFile extends JwksAddress {

        private final Path path;

        LocalFile(Path path) {
            this.path = path;
        }

        @Override
        byte[] read() throws IOException {
            try (InputStream in = Files.newInputStream(path)) {
                return bounded(in, TIMEOUT);
            }
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A set on a web server. {@link #of} has checked the scheme. */
    static final class Web extends JwksAddress {

        private final URI uri;
        private final Duration timeout;

        /** @param timeout how long to wait for a connection, and for each next byte */
        Web(URI uri, Duration timeout) {
            this.uri = uri;
            this.timeout = timeout;
        }

        @Override
        byte[] read() throws IOException {
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) timeout.toMillis());
            connection.setReadTimeout((int) timeout.toMillis());
            connection.setUseCaches(false);
            connection.setInstanceFollowRedirects(true);
            connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
            connection.setRequestProperty("Connection", "close");
            try {
                int status = connection.getResponseCode();
                if (status != HttpURLConnection.HTTP_OK) {
                    throw new IOException("it answered " + status);
                }
                try (InputStream in = connection.getInputStream()) {
                    return bounded(in, timeout.multipliedBy(2));
                }
            } finally {
                connection.disconnect();
            }
        }

        @Override
        public String toString() {
            return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
        }
    }
}
