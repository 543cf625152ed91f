package dev.tidings.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * What a container has printed, and whether any of it tells of trouble: an error, or the stack trace of anything.
 *
 * <p>A test sees what a client sees. What fails behind an answer that was right, or after the client has gone, stands
 * only here. So everything is checked once, by whoever closes the container or has used it last, and trouble that no
 * test has {@link #expect expected} is a failure. Trouble that is expected and does not come is one, too.
 *
 * <p><b>Threads.</b> Any may {@link #expect}; the rest is for one at a time.
 */
final class ContainerLog {

    /** How the names of files end that tell of trouble which came when no test could fail any more. */
    static final String LATE = ".late";

    /** How a record begins: Tomcat's, Jetty's and the launcher's, that of the JDK's logging, and what the JVM itself prints. */
    private static final Pattern BEGINNING = Pattern.compile("(?m)^(?="
            + "\\d\\d-\\w{3}-\\d{4} [\\d:.]+ [A-Z]+ "
            + "|\\d{4}-\\d\\d-\\d\\d [\\d:.]+(?::[A-Z]+ ?:| [A-Z]+ )"
            + "|\\w{3} \\d{1,2}, \\d{4} \\d{1,2}:\\d\\d:\\d\\d.{1,3}[AP]M "
            + "|Exception in thread |Exception: java\\.|# A fatal error|\\[\\d+\\.\\d+s])");

    private static final Pattern TROUBLE = Pattern.compile("\\A(?:\\S+ \\S+ SEVERE |\\S+ [\\d:.]+:ERROR ?:"
            + "|[^\\n]+\\nSEVERE: |Exception|# A fatal error)|(?m:^\\h+at [\\w.$/@]+\\()");

    /**
     * What no WAR can avoid. Tomcat shows the stack trace of the first request of each kind that it refuses before a
     * web application sees it, and no other; tests of such requests share containers. And it goes on with a long text
     * message of a WebSocket that was closed meanwhile, and times out requests of a web application that it has stopped, though
     * they have failed by then. A short body over HTTP/2 that comes while its request is refused already, it now and then
     * takes for one that is longer than the window. Jetty answers a request over HTTP/2 whose address it cannot read, and then
     * fails over the request that it does not have.
     */
    private static final List<Pattern> NOISE = List.of(
            Pattern.compile("\\A\\S+ \\S+ INFO \\S+ org\\.apache\\.coyote\\.http11\\.Http11Processor\\.service"
                    + " Error parsing HTTP request header\\n"),
            Pattern.compile("\\A\\S+ \\S+ INFO \\S+ org\\.apache\\.coyote\\.AbstractProcessor\\.parseHost"
                    + " The host \\[[^\\n]*] is not valid\\n"),
            Pattern.compile(
                    "\\AException in thread [^\\n]*IllegalStateException: Message will not be sent because the WebSocket"
                            + " session has been closed\\n(?s:.*)WsRemoteEndpointImplBase\\$TextMessageSendHandler\\.onResult"),
            Pattern.compile(
                    "\\A\\S+ \\S+ SEVERE \\S+ org\\.apache\\.catalina\\.connector\\.CoyoteAdapter\\.asyncDispatch [^\\n]*\\n"
                            + "[^\\n]*IllegalStateException: Calling \\[asyncTimeout\\(\\)] is not valid"),
            Pattern.compile(
                    "\\A\\S+ \\S+ INFO \\S+ org\\.apache\\.coyote\\.http2\\.Http2UpgradeHandler\\.\\w+ [^\\n]*\\n[^\\n]*\\n"
                            + "[^\\n]*StreamException: [^\\n]*, Client sent more data than stream window allowed\\n"),
            Pattern.compile("\\A\\S+ [\\d:.]+:WARN ?:oejut\\.SerializedInvoker:[^\\n]* Serialized invocation error\\n"
                    + "[^\\n]*NullPointerException: [^\\n]*\"this\\._requestMetaData\" is null\\n"));

    private final Path file;
    private final List<Pattern> expected = new CopyOnWriteArrayList<>();
    private long checked;

    /** The log in this file, of which the first {@code checked} bytes have been checked already. */
    ContainerLog(Path file, long checked) {
        this.file = file;
        this.checked = checked;
    }

    Path file() {
        return file;
    }

    /** How many of its bytes have been checked. */
    long checked() {
        return checked;
    }

    /** Everything so far. */
    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Until the next {@link #check}, records in which this is found are no trouble, and there has to be one. */
    void expect(String regex) {
        expected.add(Pattern.compile(regex));
    }

    /**
     * Fails when there is trouble since the last check that nobody expected, or none that somebody did.
     *
     * @param whose who had the container meanwhile
     */
    void check(String whose) {
        List<String> troubles = troubles();
        List<Pattern> missing = List.copyOf(expected);
        expected.clear();
        if (!troubles.isEmpty()) {
            throw new AssertionError(
                    whose + " has left trouble in " + file + " that no test expects:\n" + String.join("", troubles));
        }
        if (!missing.isEmpty()) {
            throw new AssertionError(whose + " expects in " + file + " what is not there: " + missing);
        }
    }

    /**
     * As {@link #check}, when no test can fail any more: what would have failed one stands in a file beside the log
     * then, for {@link LateTroubleIT}.
     */
    void checkLate(String whose) {
        try {
            check(whose);
        } catch (AssertionError trouble) {
            try {
                Files.writeString(file.resolveSibling(file.getFileName() + LATE), trouble.getMessage());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Finds trouble in what has come since the last check, and takes from {@link #expected} what was found. */
    private List<String> troubles() {
        byte[] all = bytes();
        // A character a byte, so that places in the text are places in the file, wherever it ends just now.
        String text = new String(all, (int) checked, all.length - (int) checked, StandardCharsets.ISO_8859_1);
        List<String> troubles = new ArrayList<>();
        List<Pattern> met = new ArrayList<>();
        int left = 0;
        for (String part : records(text)) {
            String record = new String(part.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            List<Pattern> meant = expected.stream()
                    .filter(each -> each.matcher(record).find())
                    .toList();
            boolean isTrouble = meant.isEmpty() && isTrouble(record);
            if (isTrouble) {
                troubles.add(record);
            }
            met.addAll(meant);
            left = isTrouble || !meant.isEmpty() ? 0 : part.length();
        }
        // The last may not be whole: if it is harmless so far, it is judged again with what follows.
        checked = (long) all.length - left;
        expected.removeAll(met);
        return troubles;
    }

    private static boolean isTrouble(String record) {
        return TROUBLE.matcher(record).find()
                && NOISE.stream().noneMatch(each -> each.matcher(record).find());
    }

    /** The rest of a record whose beginning has been judged is none. */
    private List<String> records(String text) {
        List<String> records = Arrays.asList(BEGINNING.split(text));
        boolean isRest = checked > 0 && !BEGINNING.matcher(text).lookingAt();
        return isRest ? records.subList(1, records.size()) : records;
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
