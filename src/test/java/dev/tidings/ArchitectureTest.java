package dev.tidings;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which package may know which, that nothing knows itself through others, and how long a file may be.
 *
 * <p>The table is the one in {@code docs/architecture.md}: read from top to bottom it is the journey of an event.
 * Only {@code app} knows everyone, and nobody knows {@code app} or {@code config} but {@code launch}, which is no part of
 * the web application: plain values go inwards.
 */
class ArchitectureTest {

    private static final String ROOT = "dev.tidings.";
    private static final int LONG_FILE = 300;

    /** Whoever has something to say in the container's log knows it. Those that may not are held to the JDK below. */
    private static final String LOGGING = "logging";

    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("event", Set.of()),
            Map.entry("event.selector", Set.of("event")),
            Map.entry("auth", Set.of("event.selector", "event")),
            Map.entry("hub", Set.of("event.selector", "event")),
            Map.entry("log", Set.of("hub", "event.selector", "event")),
            Map.entry("log.memory", Set.of("log", "hub", "event")),
            Map.entry("log.file", Set.of("log", "hub", "auth", "event")),
            Map.entry("redis", Set.of("hub")),
            Map.entry("log.redis", Set.of("redis", "log", "hub", "event")),
            Map.entry("registry", Set.of("redis", "hub", "auth", "event.selector", "event")),
            Map.entry("publish", Set.of("hub", "auth", "event.selector", "event")),
            Map.entry("relay", Set.of("publish", "hub", "auth", "event")),
            Map.entry("stream", Set.of("hub", "event.selector", "event")),
            Map.entry("http.proxy", Set.of("event")),
            Map.entry("http", Set.of("http.proxy", "publish", "hub", "auth", "event.selector", "event")),
            Map.entry("http.access", Set.of("http", "http.proxy", "auth", "event.selector", "event")),
            Map.entry("http.publish", Set.of("http", "publish", "auth", "event.selector", "event")),
            Map.entry("http.stream", Set.of("http", "http.proxy", "stream", "hub", "auth", "event.selector", "event")),
            Map.entry("http.clients", Set.of("http", "hub", "auth", "event.selector", "event")),
            Map.entry(
                    "mercure",
                    Set.of(
                            "http",
                            "http.proxy",
                            "http.stream",
                            "publish",
                            "stream",
                            "hub",
                            "auth",
                            "event.selector",
                            "event")),
            Map.entry(
                    "ws", Set.of("http", "http.proxy", "publish", "stream", "hub", "auth", "event.selector", "event")),
            Map.entry("web", Set.of("http", "http.proxy", "auth")),
            Map.entry("feed", Set.of("http", "publish", "hub", "event.selector", "event")),
            Map.entry("ops", Set.of("http", "relay", "stream", "hub", "auth", "event.selector", "event")),
            Map.entry(LOGGING, Set.of()),
            Map.entry("config", Set.of()),
            Map.entry("launch", Set.of()),
            Map.entry("launch.server", Set.of("app", "config")),
            Map.entry("launch.command", Set.of("launch", "launch.server", "app", "config", "auth", "event.selector")));

    private static final JavaClasses TIDINGS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.tidings");

    @ParameterizedTest
    @MethodSource("packages")
    void packageImportsOnlyWhatItMay(String name) {
        Set<String> allowed = MAY_IMPORT.getOrDefault(name, Set.of());
        String[] others = Stream.concat(MAY_IMPORT.keySet().stream(), Stream.of("app"))
                .filter(other -> !other.equals(name) && !other.equals(LOGGING) && !allowed.contains(other))
                .map(ArchitectureTest::only)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(only(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(TIDINGS);
    }

    @Test
    void everyClassIsInAPackageOfTheTable() {
        String[] known = Stream.concat(MAY_IMPORT.keySet().stream(), Stream.of("app"))
                .map(ArchitectureTest::only)
                .toArray(String[]::new);
        classes().should().resideInAnyPackage(known).allowEmptyShould(true).check(TIDINGS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(TIDINGS);
    }

    /** Events, settings and lines of the log are plain values: no library reads, matches or writes them. */
    @ParameterizedTest
    @ValueSource(strings = {"event", "config", LOGGING})
    void plainValuesKnowOnlyTheJdk(String name) {
        onlyDependsOn(name, "java..");
    }

    /** No servlet, no JWT, no Redis, no JSON: whatever carries events in and out is somebody else's. */
    @Test
    void hubKnowsOnlyTheJdkAndEvents() {
        onlyDependsOn("hub", "java..", tree("event"), tree(LOGGING));
    }

    /** What stores events in a file is known to no other package. */
    @Test
    void onlyTheLogInAFileKnowsItsStore() {
        noClasses()
                .that()
                .resideOutsideOfPackage(only("log.file"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.h2..")
                .check(TIDINGS);
        onlyDependsOn(
                "log", "java..", tree("event"), tree("auth"), tree("hub"), tree("redis"), tree(LOGGING), "org.h2..");
    }

    /** Its pools and its threads stay out, and what talks to Redis does so in one place. */
    @Test
    void onlyTheConnectionsToRedisKnowTheirClientLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage(only("redis"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .check(TIDINGS);
        onlyDependsOn("redis", "java..", "javax.net.ssl..", tree("hub"), tree(LOGGING), "redis.clients.jedis..");
    }

    /** Java finds its first classes at the top of the WAR, and nothing else there. */
    @Test
    void whatJavaStartsKnowsOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage(only("launch"))
                .should()
                .onlyDependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage("java..", only("launch"), "org.jspecify.annotations"))
                .check(TIDINGS);
    }

    /** It is on the class path of the build. In a container the hub cannot see it. */
    @Test
    void onlyTheLaunchersServerKnowsJetty() {
        noClasses()
                .that()
                .resideOutsideOfPackage(only("launch.server"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.eclipse.jetty..", "org.slf4j..")
                .check(TIDINGS);
    }

    /** A class with those inside it counts as one. */
    @Test
    void classesHaveNoCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass one) {
                        return SliceIdentifier.of(one.getName().replaceFirst("\\$.*", ""));
                    }

                    @Override
                    public String getDescription() {
                        return "classes";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(TIDINGS);
    }

    @Test
    void longProductionFilesSayWhyTheyAre() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            assertThat(files.filter(ArchitectureTest::isSource).toList()).allSatisfy(file -> {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines.size() <= LONG_FILE || String.join(" ", lines).contains("Over 300 lines, since"))
                        .as("%s is short, or says why it is not", file)
                        .isTrue();
            });
        }
    }

    private static Set<String> packages() {
        return new TreeSet<>(MAY_IMPORT.keySet());
    }

    private static void onlyDependsOn(String name, String... libraries) {
        String[] allowed = Stream.concat(Arrays.stream(libraries), Stream.of(tree(name), "org.jspecify.annotations"))
                .toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(tree(name))
                .should()
                .onlyDependOnClassesThat(JavaClass.Predicates.resideInAnyPackage(allowed))
                .allowEmptyShould(true)
                .check(TIDINGS);
    }

    private static String only(String name) {
        return ROOT + name;
    }

    private static String tree(String name) {
        return ROOT + name + "..";
    }

    /** The stylesheet, which is one for all pages, apart. */
    private static boolean isSource(Path file) {
        String name = file.getFileName().toString();
        return Stream.of(".java", ".js", ".html", ".jsp", ".xml", ".properties").anyMatch(name::endsWith);
    }
}
