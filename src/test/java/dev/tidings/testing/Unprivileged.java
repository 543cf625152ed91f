package dev.tidings.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servers that refuse to run as root run as {@code nobody} in a build of root's. */
final class Unprivileged {

    private static final boolean ROOT = System.getProperty("user.name").equals("root");
    private static final String NOBODY = "nobody";

    private Unprivileged() {}

    /** Gives them this directory. */
    static Path own(Path directory) throws IOException {
        if (ROOT) {
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
        }
        return directory;
    }

    /** The command as they are started. The process becomes the server. */
    static List<String> command(List<String> command) {
        var all = new ArrayList<String>();
        if (ROOT) {
            all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--clear-groups"));
        }
        all.addAll(command);
        return all;
    }
}
