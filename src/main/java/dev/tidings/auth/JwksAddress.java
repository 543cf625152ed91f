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
 * Where a JWK set is published: an address of {@code https:}, whose certificate the JVM must trust, or a
 * file. Not {@code http:}, for whoever is on the way could put in a key of his own.
 *
 * <p>Reading is bounded: {@value #MAX_BYTES} bytes, 3 s to connect and for each silence, and twice that for
 * the whole body. It takes no thread and keeps no connection, so that nothing is left behind when the hub is
 * undeployed.
 *
 * <p><b>Threads.</b> Any. {@link #read} blocks.
 */
abstract class JwksAddress {

    /** A set of a hundred RSA keys has a third of this. */
    static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_PORT = 65_535;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final String FILE = "file:";

    /**
     * The address that this text is.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when it is none
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
            throw new IllegalArgumentException("the address of a key set names no host, or no port from 1 to 65535");
        }
        if (host.contains("@")) {
            throw new IllegalArgumentException("a password in the address of a key set is not sent; leave it out");
        }
        return new Web(uri, PATIENCE);
    }

    /** The bytes that stand there now. */
    abstract byte[] read() throws IOException;

    /** How the address may be shown in a log. */
    @Override
    public abstract String toString();

    private static JwksAddress ofFile(String path) {
        try {
            Path file = Path.of(path);
            if (!file.isAbsolute() || file.getFileName() == null) {
                throw new IllegalArgumentException(
                        "what follows file: is no absolute path of a file, as in file:/etc/tidings/jwks.json");
            }
            return new LocalFile(file);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("what follows file: is no path", e);
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("this is no address", e);
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
                return bounded(in, PATIENCE);
            }
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A set on a web server; which schemes are fit for it is not this class's to say. */
    static final class Web extends JwksAddress {

        private final URI uri;
        private final Duration patience;

        /** @param patience how long to wait for a connection, and for each next byte */
        Web(URI uri, Duration patience) {
            this.uri = uri;
            this.patience = patience;
        }

        @Override
        byte[] read() throws IOException {
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) patience.toMillis());
            connection.setReadTimeout((int) patience.toMillis());
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
                    return bounded(in, patience.multipliedBy(2));
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
