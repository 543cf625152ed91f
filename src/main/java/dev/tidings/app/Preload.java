package dev.tidings.app;

import dev.tidings.logging.Logs;
import jakarta.servlet.ServletContext;
import java.util.Set;

/**
 * Loads and initialises every class of the hub when it starts.
 *
 * <p>A container loads a class of a web application from a file when it is first needed. If all descriptors are taken,
 * the file cannot be opened, and the class counts as missing for as long as the process runs. A class whose initialiser
 * finds no memory counts as missing, too. The classes that are first needed when something fails (the end of a stream,
 * a refusal) would be lost at that very moment. Loading all of them takes about as long as the first request would.
 *
 * <p><b>Threads.</b> The container's, before there is any request.
 */
final class Preload {

    private static final System.Logger LOG = Logs.of(Preload.class);

    private static final String CLASSES = "/WEB-INF/classes/";
    private static final String ENDING = ".class";

    private Preload() {}

    /** Loads the classes in the web application of this context. Returns their number. */
    static int all(ServletContext context) {
        return below(context, CLASSES);
    }

    private static int below(ServletContext context, String folder) {
        Set<String> paths = context.getResourcePaths(folder);
        int loaded = 0;
        for (String path : paths == null ? Set.<String>of() : paths) {
            if (path.endsWith("/")) {
                loaded += below(context, path);
            } else if (path.endsWith(ENDING) && !path.endsWith("-info" + ENDING)) {
                loaded += load(path.substring(CLASSES.length(), path.length() - ENDING.length())
                        .replace('/', '.'));
            }
        }
        return loaded;
    }

    private static int load(String name) {
        try {
            Class.forName(name, true, Preload.class.getClassLoader());
            return 1;
        } catch (ClassNotFoundException | LinkageError notHere) {
            // A class for WebSockets, on a container without them.
            LOG.log(System.Logger.Level.DEBUG, "a class cannot be loaded here: " + name, notHere);
            return 0;
        }
    }
}
