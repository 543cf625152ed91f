package dev.tidings.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The servlet containers the WAR promises to run on. */
public enum ContainerKind {
    TOMCAT_10("Tomcat 10.1", "test.tomcat10.home"),
    TOMCAT_11("Tomcat 11", "test.tomcat11.home"),
    JETTY("Jetty 12.1", "test.jetty.home");

    private final String title;
    private final String homeProperty;

    ContainerKind(String title, String homeProperty) {
        this.title = title;
        this.homeProperty = homeProperty;
    }

    /**
     * Those that every build needs for what both Tomcats do alike: how they read, write and wait. With {@code -Plong} all of
     * them.
     */
    public static List<ContainerKind> unlike() {
        return Rounds.of(List.of(TOMCAT_11, JETTY), List.of(values()));
    }

    /** Where the build unpacked it. */
    Path home() {
        return pathFrom(homeProperty);
    }

    Server server() {
        return switch (this) {
            case TOMCAT_10, TOMCAT_11 -> new TomcatServer();
            case JETTY -> new JettyServer();
        };
    }

    /** The file or directory that the build names in a system property. */
    static Path pathFrom(String property) {
        String path = System.getProperty(property, "");
        if (path.isEmpty() || !Files.exists(Path.of(path))) {
            throw new IllegalStateException(property + " is '" + path + "', which is not there: containers are"
                    + " unpacked, and the properties set, by 'mvn verify'");
        }
        return Path.of(path);
    }

    @Override
    public String toString() {
        return title;
    }
}
