package dev.tidings.launch.command;

import dev.tidings.config.SettingDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The help: commands, and all settings as the table has them. What each is for stands in {@code docs/settings.md}, which
 * is in the WAR.
 *
 * <p><b>Threads.</b> One.
 */
final class Help {

    private static final String COMMANDS = """
            Tidings, a push hub: live events for web pages.

            java -jar tidings.war [options]           starts the hub
            java -jar tidings.war --demo              starts it with ready-made tokens, for this machine alone
            java -jar tidings.war key                 prints a new key, for tidings.jwt.key
            java -jar tidings.war token [options]     prints a token that is signed with tidings.jwt.key
                --sub NAME             the user
                --publish SELECTOR     where it may publish; repeat it for more. Without this and the next: the default
                                       grant of the hub
                --subscribe SELECTOR   what it may read; repeat it for more
                --ttl TIME             how long it is good, 1h unless you say so
            java -jar tidings.war check [options]     checks the settings as the hub does when it starts
            java -jar tidings.war check TOKEN         says what a token may do, or why it is refused. With - for TOKEN
                                                      it is read from the standard input
            java -jar tidings.war --version           prints the version

            Every command takes the settings below. Each is read from the first of these that has it: an option,
            such as --history.age 1d; a system property, -Dtidings.history.age=1d before -jar; the environment,
            TIDINGS_HISTORY_AGE=1d; the file that --config names. Other users of this machine can see options, so put
            secrets into a file: --jwt.key file:/etc/tidings/key

            """;

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(tidings\\.[^`]*)` \\|.*\\| (.*) \\|$");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\([^)]*\\)");

    private final Path war;

    /** @param war the directory with what was in the WAR */
    Help(Path war) {
        this.war = war;
    }

    /** All of it. */
    String text() {
        var text = new StringBuilder(COMMANDS);
        String page = page();
        for (SettingDescription setting : SettingDescription.all()) {
            text.append(setting.option())
                    .append("\n    ")
                    .append(meaning(page, setting.name()))
                    .append("\n    ")
                    .append(setting.allowed())
                    .append(". Default: ")
                    .append(setting.defaultText() == null ? "none" : setting.defaultText())
                    .append('\n');
        }
        return text.toString();
    }

    /** The version of this build. */
    String version() {
        try (InputStream in = Files.newInputStream(war.resolve("META-INF/MANIFEST.MF"))) {
            return String.valueOf(new Manifest(in).getMainAttributes().getValue("Implementation-Version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String meaning(String page, String name) {
        Matcher row = ROW.matcher(page);
        while (row.find()) {
            if (row.group(1).equals(name)) {
                return LINK.matcher(row.group(2)).replaceAll("$1").replace("`", "");
            }
        }
        throw new IllegalStateException("docs/settings.md does not say what " + name + " is for");
    }

    private String page() {
        try {
            return Files.readString(war.resolve("WEB-INF/launcher/settings.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
