package dev.tidings.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    static List<Setting<?>> settings() {
        return SettingTable.all();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingIsAnOptionByEachOfItsNames(Setting<?> setting) {
        for (String option : List.of(
                CommandLine.optionOf(setting),
                "--" + setting.name(),
                setting.name().replaceFirst("^tidings\\.", "--"))) {
            assertThat(parse(option + "=x").settings()).isEqualTo(Map.of(setting.name(), "x"));
        }
    }

    @Test
    void noTwoSettingsHaveOneOption() {
        assertThat(SettingDescription.all())
                .extracting(SettingDescription::option)
                .doesNotHaveDuplicates();
    }

    @Test
    void settingsOfTheServerHaveShortOptions() {
        assertThat(parse("--port", "1", "--tls.key", "k").settings())
                .isEqualTo(Map.of("tidings.server.port", "1", "tidings.server.tls.key", "k"));
    }

    @Test
    void valueFollowsASpaceOrAnEqualsSign() {
        assertThat(parse("--port", "1", "--log=file:/a=b").settings())
                .isEqualTo(Map.of("tidings.server.port", "1", "tidings.log", "file:/a=b"));
    }

    @ParameterizedTest
    @CsvSource({
        "--demo, tidings.demo, true",
        "--demo=public, tidings.demo, public",
        "--anonymous, tidings.anonymous, true",
        "--anonymous=false, tidings.anonymous, false"
    })
    void switchIsOnWithoutAValue(String option, String name, String value) {
        CommandLine line = parse(option, "word");
        assertThat(line.settings()).isEqualTo(Map.of(name, value));
        assertThat(line.words()).containsExactly("word");
    }

    @Test
    void emptyValueIsAValue() {
        assertThat(parse("--default.publish=").settings()).isEqualTo(Map.of("tidings.default.publish", ""));
    }

    @Test
    void optionsOfTheCommandMayBeRepeated() {
        CommandLine line = CommandLine.parse(List.of("--sub", "a", "-", "--sub=b"), Set.of("sub"));
        assertThat(line.all("sub")).containsExactly("a", "b");
        assertThat(line.last("sub")).isEqualTo("b");
        assertThat(line.all("other")).isEmpty();
        assertThat(line.last("other")).isNull();
        assertThat(line.words()).containsExactly("-");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prt 1 | --prt is not an option; did you mean --port?",
                "--tls-keystore f | --tls-keystore is not an option; did you mean --tls.keystore?",
                "--subb f | --subb is not an option; did you mean --sub?",
                "--nonsense | --nonsense is not an option",
                "-p 1 | -p is not an option; options begin with two dashes, as --port 8080",
                "-Dtidings.log=x | -Dtidings.log=x is an option of Java and stands before -jar; here write --log=x",
                "--port | --port needs a value, as in --port=value",
                "--port --demo | --port needs a value, as in --port=value",
                "--sub | --sub needs a value, as in --sub=value",
                "--port 1 --server.port=2 | --server.port is given twice"
            })
    void whatIsWrongIsSaid(String arguments, String sentence) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> CommandLine.parse(List.of(arguments.split(" ")), Set.of("sub")))
                .withMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--jwt.key", "--tls.password"})
    void secretGivenTwiceIsNotShown(String option) {
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> parse(option + "=GIVEAWAY", option + "=GIVEAWAY"))
                .withMessage(option + " is given twice");
    }

    @Test
    void optionComesBeforeEveryOtherSource() {
        var sources = new SettingSources(
                Map.of("tidings.node", "option"),
                Map.of("tidings.node", "property"),
                Map.of("TIDINGS_NODE", "environment"),
                Map.of("tidings.node", "parameter"));
        Configuration configuration = Configuration.read(sources);
        assertThat(configuration.settings().node()).isEqualTo("option");
        assertThat(configuration.description()).containsEntry("tidings.node", "option (option)");
    }

    private static CommandLine parse(String... arguments) {
        return CommandLine.parse(List.of(arguments), Set.of());
    }
}
