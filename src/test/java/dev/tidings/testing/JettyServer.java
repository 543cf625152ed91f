package dev.tidings.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jetty with the {@code jetty-base} this project ships, so that what is tested is what is recommended.
 *
 * <p>Only the address it listens on is another, and it looks at {@code webapps} every second, so that a test sees an
 * undeployment. The shipped base lets braces and encoded slashes through, unless {@link UriRules} say otherwise.
 */
final class JettyServer implements Server {

    private static final String CONNECTORS = "connectors.xml";
    private static final String LOGGING = "logging.properties";
    private static final String CLASSES = "classes";

    private static final Pattern STARTED = Pattern.compile("Started oejs\\.Server@");
    private static final Pattern FAILED = Pattern.compile("Failed startup of context|Unable to start app");
    private static final Pattern PORT =
            Pattern.compile("Started oejs\\.ServerConnector@\\w+\\{HTTP/1.1,.*\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final Pattern SECURE_PORT =
            Pattern.compile("Started oejs\\.ServerConnector@\\w+\\{SSL,.*\\{127\\.0\\.0\\.1:(\\d+)}");
    private static final Pattern UNDEPLOYED = Pattern.compile("Stopped oeje10w\\.WebAppContext@");

    @Override
    public void prepare(ContainerSpec spec, Path home, Path base) throws IOException {
        Path shipped = ContainerKind.pathFrom("test.jetty.base");
        for (String directory : List.of("start.d", "environments")) {
            Files.createDirectory(base.resolve(directory));
            try (Stream<Path> files = Files.list(shipped.resolve(directory))) {
                for (Path file : files.toList()) {
                    Files.copy(file, base.resolve(directory).resolve(file.getFileName()));
                }
            }
        }
        if (spec.http().uris() == UriRules.STRICT || spec.http().uris() == UriRules.CONNECTOR_ONLY) {
            Files.delete(base.resolve("environments/ee10.xml"));
        }
        if (spec.http().uris() == UriRules.STRICT) {
            Path http = base.resolve("start.d/http.ini");
            Files.writeString(
                    http, Files.readString(http).replaceFirst("(?m)^jetty\\.httpConfig\\.uriCompliance=.*$", ""));
        }
        if (spec.http().secure()) {
            Files.writeString(base.resolve("start.d/tls.ini"), secure());
        }
        if (spec.database().isPresent()) {
            DatabaseAddress.addDriver(base.resolve("lib/ext"));
            DatabaseAddress database = spec.database().get();
            Files.writeString(
                    base.resolve("start.d/relay.ini"), database.binding(CodeBlock.of("docs/outbox.md", "On Jetty")));
            Files.writeString(
                    Files.createDirectory(base.resolve("etc")).resolve("shop.xml"),
                    database.binding(CodeBlock.of("docs/outbox.md", "On Jetty", 2)));
        }
        Files.createDirectory(base.resolve("webapps"));
        Files.writeString(base.resolve(LOGGING), spec.process().logging());
        if (!spec.http().connectors().isEmpty()) {
            addConnectors(spec.http().connectors(), base);
        }
    }

    /** What the documents have people copy. */
    private static String secure() {
        KeyStoreFile certificate = KeyStoreFile.ofTheBuild();
        CodeBlock block = CodeBlock.of("docs/deployment.md", "TLS and HTTP/2 without a proxy", 2)
                .with("/etc/tidings/hub.p12", certificate.path().toString())
                .with("=changeit", "=" + KeyStoreFile.PASSWORD)
                .with("=8443", "=0");
        // Some tests call the hub by other names than its certificate does.
        return block.code() + "--module=http2c\njetty.ssl.sniHostCheck=false\n";
    }

    /** With the classes that a connector of the tests' own is made of: the WAR brings none. */
    private static void addConnectors(String connectors, Path base) throws IOException {
        Files.writeString(base.resolve(CONNECTORS), """
                <?xml version="1.0"?>
                <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
                <Configure id="Server" class="org.eclipse.jetty.server.Server">
                %s
                </Configure>
                """.formatted(connectors));
        for (Class<?> each : List.of(PausingConnector.class, PausingConnector.Connection.class)) {
            String file = each.getName().replace('.', '/') + ".class";
            Path copy = base.resolve(CLASSES).resolve(file);
            Files.createDirectories(copy.getParent());
            try (InputStream compiled = Objects.requireNonNull(each.getResourceAsStream("/" + file))) {
                Files.copy(compiled, copy);
            }
        }
    }

    @Override
    public List<String> arguments(ContainerSpec spec, Path home, Path base) {
        var arguments = new ArrayList<String>();
        if (!spec.process().logging().isEmpty()) {
            arguments.add("-Djava.util.logging.config.file=" + base.resolve(LOGGING));
        }
        arguments.addAll(List.of(
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + base,
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=0",
                "jetty.deploy.scanInterval=1",
                "jetty.http.acceptedSendBufferSize="
                        + (spec.http().sendBuffer() == 0 ? -1 : spec.http().sendBuffer())));
        if (spec.http().secure()) {
            arguments.add("jetty.ssl.host=127.0.0.1");
            arguments.add("jetty.ssl.acceptedSendBufferSize="
                    + (spec.http().sendBuffer() == 0 ? -1 : spec.http().sendBuffer()));
        }
        if (spec.http().threads() > 0) {
            arguments.add("jetty.threadPool.maxThreads=" + spec.http().threads());
        }
        if (!spec.http().connectors().isEmpty()) {
            arguments.add("--lib=" + base.resolve(CLASSES));
            arguments.add(base.resolve(CONNECTORS).toString());
        }
        return arguments;
    }

    @Override
    public Pattern started() {
        return STARTED;
    }

    @Override
    public Pattern failed() {
        return FAILED;
    }

    @Override
    public Pattern port() {
        return PORT;
    }

    @Override
    public Pattern securePort() {
        return SECURE_PORT;
    }

    @Override
    public boolean undeployed(Path base, String name, String log) {
        return UNDEPLOYED.matcher(log).find();
    }
}
