package dev.tidings.config;

import static dev.tidings.config.Sources.fault;
import static dev.tidings.config.Sources.properties;
import static dev.tidings.config.Sources.settings;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTypeTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\n\n", ""})
    void lineBreaksAtTheEndAreNotPartOfAKey(String end) throws IOException {
        assertThat(keyOf(" a key " + end)).isEqualTo(" a key ");
        assertThat(keyOf("file:" + file(" a key " + end))).isEqualTo(" a key ");
    }

    @Test
    void theLinesOfAPemStay() throws IOException {
        String pem = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----";
        assertThat(keyOf("file:" + file(pem + "\n"))).isEqualTo(pem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void anEmptyKeyIsNone(String key) {
        assertThat(keyOf(key)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | names no file that exists",
                "bad\0path | names no file that exists",
                "empty | is an empty file",
                "binary | is not UTF-8 text",
                "folder | cannot be read"
            })
    void aFileWithoutAKeyStopsTheDeployment(String name, String reason) throws IOException {
        Files.writeString(folder.resolve("empty"), "\n");
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Files.createDirectory(folder.resolve("folder"));
        String path = "file:" + folder + "/" + name;
        assertThat(fault(properties("tidings.jwt.key", path)))
                .startsWith("tidings.jwt.key=" + path + " (system property) " + reason);
    }

    private static String keyOf(String setting) {
        return settings("tidings.jwt.key", setting).jwt().key();
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("key"), content).toString();
    }
}
