package dev.tidings.container.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.Raw;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Container;
import dev.tidings.testing.EveryContainer;
import dev.tidings.testing.LaunchedHub;
import dev.tidings.testing.RawClient;
import dev.tidings.testing.ResponseHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is in the WAR: how much, and that nothing of the launcher can be fetched. */
class WarContentsIT {

    private static final long MOST_BYTES = 12_000_000;
    private static final long LARGE = 500_000;
    private static final Path REASONS = Path.of("src/main/java/dev/tidings/launch/package-info.java");

    /** A file, a class, a library and what was there before. */
    private static final List<String> FILES = List.of(
            "/dev/tidings/launch/Main.class",
            "/WEB-INF/launcher/classes/dev/tidings/launch/command/Launcher.class",
            "/WEB-INF/launcher/lib/jetty-xml-12.1.8.jar",
            "/WEB-INF/launcher/settings.md",
            "/WEB-INF/web.xml",
            "/META-INF/MANIFEST.MF",
            "/dev/",
            "/dev/tidings/launch",
            "/WEB-INF/launcher/");

    @Nested
    @EveryContainer(relaxedUris = true)
    class InAContainer {
        @Test
        void nothingOfTheLauncherCanBeFetched(Container container) {
            for (String file : FILES) {
                for (String spelling : spellings(file)) {
                    assertNothing(spelling, Raw.ask(container, "GET", spelling, ""));
                }
            }
        }
    }

    @Test
    void nothingOfTheLauncherCanBeFetchedFromIt() {
        try (LaunchedHub hub = LaunchedHub.start()) {
            for (String file : FILES) {
                for (String spelling : spellings(file)) {
                    try (RawClient client = RawClient.connect(hub.uri())) {
                        ResponseHead head = client.send("GET " + spelling + " HTTP/1.1\r\nHost: "
                                        + hub.uri().getAuthority() + "\r\nConnection: close\r\n\r\n")
                                .head();
                        assertThat(head.status()).as(spelling).isIn(400, 404);
                    }
                }
            }
        }
    }

    @Test
    void launcherIsBesideTheWebApplication() throws IOException {
        assertThat(entries())
                .extracting(ZipEntry::getName)
                .noneMatch(name -> name.startsWith("WEB-INF/classes/dev/tidings/launch"))
                .noneMatch(
                        name -> name.startsWith("WEB-INF/lib/") && name.matches(".*(jetty|servlet|slf4j|websocket).*"))
                .contains("dev/tidings/launch/Main.class")
                .filteredOn(name -> name.startsWith("dev/"))
                .allMatch(name -> name.matches("dev/(tidings/(launch/([\\w-]+\\.class)?)?)?"));
    }

    @Test
    void warIsSmallAndEachLargeLibraryHasItsReason() throws IOException {
        assertThat(Path.of(System.getProperty("test.war")))
                .satisfies(war -> assertThat(Files.size(war)).isLessThan(MOST_BYTES));
        String reasons = Files.readString(REASONS);
        assertThat(entries().stream().filter(entry -> entry.getName().endsWith(".jar") && entry.getSize() > LARGE))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(reasons)
                        .as("a reason in %s for %s", REASONS, entry.getName())
                        .contains("{@code " + nameOf(entry.getName()) + "}, "));
    }

    private static String nameOf(String library) {
        return library.replaceFirst(".*/", "").replaceFirst("-\\d.*", "");
    }

    private static List<? extends ZipEntry> entries() throws IOException {
        try (var war = new ZipFile(System.getProperty("test.war"))) {
            return Collections.list(war.entries());
        }
    }

    private static List<String> spellings(String path) {
        String encoded = path.substring(0, 1) + path.substring(1).replace("/", "%2F");
        var spellings = new ArrayList<>(List.of(
                path,
                encoded,
                "/" + path,
                "/." + path,
                "/assets/.." + path,
                "/assets/..%2F" + path.substring(1),
                "/assets/%2e%2e" + path,
                "/x/..;x" + path,
                path + ";x",
                path.replaceFirst("/(\\w)", "/;x=y/$1"),
                path.replaceFirst("(?<=\\w)/", ";x/"),
                path.replaceFirst("(?<=\\w)/", "//"),
                path.replaceFirst("(?<=\\w)/", "/./"),
                path + "%00",
                path + "%20",
                path + ".",
                path.toLowerCase(Locale.ROOT),
                path.toUpperCase(Locale.ROOT),
                path.replace("e", "%65"),
                path.replace("/", "\\")));
        spellings.removeIf(each -> each.startsWith("\\"));
        return spellings;
    }

    private static void assertNothing(String spelling, Answer answer) {
        assertThat(answer.status()).as(spelling).isIn(400, 404);
        assertThat(answer.body()).as(spelling).doesNotContain("web-app", "Main-Class", "tidings.server.port");
    }
}
