package dev.tidings.testing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a container finds its database, a PostgreSQL.
 *
 * @param url as JDBC has it
 * @param user one without a password
 */
record DatabaseAddress(String url, String user) {

    /** The block of the documents by which it is bound, with this address in the place of theirs. */
    String binding(CodeBlock block) {
        return block.with("jdbc:postgresql://127.0.0.1:5432/shop", url)
                .with("username=\"hub\"", "username=\"" + user + "\"")
                .with(">hub<", ">" + user + "<")
                .code();
    }

    /** Puts the driver into a container's folder. */
    static void addDriver(Path folder) throws IOException {
        try {
            Path driver = Path.of(org.postgresql.Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Files.copy(driver, Files.createDirectories(folder).resolve("postgresql.jar"));
        } catch (URISyntaxException noFile) {
            throw new AssertionError(noFile);
        }
    }
}
