package dev.tidings.container.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The bill of materials lists what travels in the WAR, byte for byte, and nothing else. All of it may be shipped with a
 * project under the Apache licence.
 */
class BillOfMaterialsIT {

    private static final String BILL = "META-INF/sbom/bom.json";

    /** What is in the WAR as a file instead of a jar: the component, and one of its files. */
    private static final Map<String, String> UNPACKED = Map.of("chart.js", "assets/chart.js/chart.umd.js");

    /** Those of the Apache Software Foundation's categories A and B. Of a choice of licences one is enough. */
    private static final Set<String> MAY_BE_SHIPPED =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "ISC", "EPL-1.0", "EPL-2.0", "MPL-2.0");

    private static final Path WAR = Path.of(System.getProperty("test.war"));

    private static final Map<String, byte[]> ENTRIES = new TreeMap<>();
    private static JsonNode bill;

    @BeforeAll
    static void read() throws IOException {
        try (var war = new ZipInputStream(Files.newInputStream(WAR))) {
            for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
                ENTRIES.put(entry.getName(), war.readAllBytes());
            }
        }
        // Maven makes none while it is offline.
        if (!"true".equals(System.getenv("CI"))) {
            assumeThat(ENTRIES).as("made without --offline").containsKey(BILL);
        }
        assertThat(ENTRIES).containsKey(BILL);
        bill = new JsonMapper().readTree(ENTRIES.get(BILL));
    }

    @Test
    void everyJarOfTheWarIsListedWithItsHashAndNoOther() throws GeneralSecurityException {
        Map<String, String> shipped = new HashMap<>();
        for (Map.Entry<String, byte[]> entry : ENTRIES.entrySet()) {
            if (entry.getKey().endsWith(".jar")) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(entry.getValue());
                shipped.put(
                        entry.getKey().replaceFirst(".*/", ""), HexFormat.of().formatHex(hash));
            }
        }
        Map<String, String> listed = new HashMap<>();
        for (JsonNode component : bill.path("components")) {
            if (!UNPACKED.containsKey(component.path("name").asText())) {
                listed.put(fileOf(component), sha256(component));
            }
        }
        assertThat(shipped).isNotEmpty();
        assertThat(listed).isEqualTo(shipped);
    }

    @Test
    void whatIsInTheWarWithoutItsJarIsListed() throws IOException {
        var listed = new TreeSet<String>();
        bill.path("components")
                .forEach(component -> listed.add(component.path("name").asText()));
        assertThat(listed).containsAll(UNPACKED.keySet());
        assertThat(ENTRIES).containsKeys(UNPACKED.values().toArray(String[]::new));
        var merged = new TreeSet<String>();
        for (Map.Entry<String, byte[]> entry : ENTRIES.entrySet()) {
            if (entry.getKey().matches("(.*/)?META-INF/maven/.*/pom\\.properties")) {
                var properties = new Properties();
                properties.load(new ByteArrayInputStream(entry.getValue()));
                merged.add(properties.getProperty("artifactId"));
            }
        }
        assertThat(merged).contains("tidings");
        merged.remove("tidings");
        assertThat(listed).containsAll(merged);
    }

    @Test
    void licenceOfEachPartMayBeShippedWithAnApacheProject() {
        assertThat(bill.path("components"))
                .isNotEmpty()
                .allSatisfy(component -> assertThat(component.path("licenses").findValuesAsText("id"))
                        .as("licences of %s", component.path("purl").asText())
                        .containsAnyElementsOf(MAY_BE_SHIPPED));
    }

    @Test
    void nothingInItChangesFromOneBuildToTheNext() {
        assertThat(bill.has("serialNumber")).isFalse();
        assertThat(bill.path("metadata").has("timestamp")).isFalse();
        assertThat(bill.path("metadata").path("component").path("name").asText())
                .isEqualTo("tidings");
    }

    @Test
    void billBesideTheWarIsTheSame() {
        assertThat(WAR.resolveSibling("bom.json")).hasBinaryContent(ENTRIES.get(BILL));
    }

    private static String fileOf(JsonNode component) {
        return component.path("name").asText() + "-" + component.path("version").asText() + ".jar";
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        throw new AssertionError("no hash of " + component.path("purl").asText());
    }
}
