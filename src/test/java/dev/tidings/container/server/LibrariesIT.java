package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** {@code web.xml} has containers look for nothing in the libraries of the WAR, and so nothing may be there to find. */
class LibrariesIT {

    private static final List<String> FOUND_BY_CONTAINERS = List.of(
            "META-INF/web-fragment.xml",
            "META-INF/resources/",
            "META-INF/services/jakarta.servlet.ServletContainerInitializer");

    @Test
    void noLibraryHasAnythingForAContainerToFind() throws IOException {
        var libraries = new ArrayList<String>();
        var found = new ArrayList<String>();
        Path war = Path.of(System.getProperty("test.war"));
        try (var entries = new ZipInputStream(Files.newInputStream(war))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().startsWith("WEB-INF/lib/") && !entry.isDirectory()) {
                    libraries.add(entry.getName());
                    look(new JarInputStream(entries), entry.getName(), found);
                }
            }
        }
        assertThat(libraries).isNotEmpty();
        assertThat(found).isEmpty();
    }

    private static void look(JarInputStream jar, String name, List<String> found) throws IOException {
        for (ZipEntry entry = jar.getNextEntry(); entry != null; entry = jar.getNextEntry()) {
            if (FOUND_BY_CONTAINERS.stream().anyMatch(entry.getName()::startsWith)) {
                found.add(name + ": " + entry.getName());
            }
        }
    }
}
