package dev.tidings.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tomcat as it comes, but for the address it listens on and where it logs.
 *
 * <p>{@code server.xml} is Tomcat's own with these changes: port 0 on loopback, no shutdown port, no command line in
 * the log, since secrets stand in it, room for 20,000 connections, and a look at {@code webapps} every second instead of every ten, so that a test
 * sees an undeployment. All logging goes to the console: Tomcat would put the reason why a web application failed into
 * a file of its own.
 */
final class TomcatServer implements Server {

    private static final Pattern STARTED = Pattern.compile("Server startup in \\[");
    private static final Pattern FAILED = Pattern.compile("startup failed due to previous errors");
    private static final Pattern PORT =
            Pattern.compile("Starting ProtocolHandler \\[\"http-nio-127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"]");

    private static final Pattern SECURE_PORT =
            Pattern.compile("Starting ProtocolHandler \\[\"https-[^\"]*nio-127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"]");

    private static final String RECOMMENDED =
            " maxKeepAliveRequests=\"-1\" relaxedPathChars=\"{}\" relaxedQueryChars=\"{}\""
                    + " encodedSolidusHandling=\"passthrough\" encodedReverseSolidusHandling=\"passthrough\"";

    private static final Pattern FIRST_CONNECTOR = Pattern.compile("(<Connector address=[^>]*?)\\s*/>");
    private static final Pattern HTTP_2 = Pattern.compile("<UpgradeProtocol[^>]*/>");
    private static final String ENGINE = "<Engine name=\"Catalina\" defaultHost=\"localhost\">";

    private static final String END = "</web-app>";

    private static final String TO_CONSOLE = """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.formatter = org.apache.juli.OneLineFormatter
            java.util.logging.ConsoleHandler.encoding = UTF-8
            """;

    /** What Tomcat's own start script opens, so that it can tell of the threads and locals a web application left. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.rmi/sun.rmi.transport");

    @Override
    public void prepare(ContainerSpec spec, Path home, Path base) throws IOException {
        for (String directory : List.of("conf", "logs", "webapps", "work")) {
            Files.createDirectory(base.resolve(directory));
        }
        try (Stream<Path> files = Files.list(home.resolve("conf")).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Files.copy(file, base.resolve("conf").resolve(file.getFileName()));
            }
        }
        Path serverXml = base.resolve("conf/server.xml");
        Files.writeString(serverXml, configure(Files.readString(serverXml), spec.http()));
        Path webXml = base.resolve("conf/web.xml");
        Files.writeString(
                webXml, replace(Files.readString(webXml), END, spec.http().filters() + END));
        Files.writeString(
                base.resolve("conf/logging.properties"),
                spec.process().logging().isEmpty() ? TO_CONSOLE : spec.process().logging());
        if (spec.database().isPresent()) {
            DatabaseAddress.addDriver(base.resolve("lib"));
            Path contexts = Files.createDirectories(base.resolve("conf/Catalina/localhost"));
            Files.writeString(
                    contexts.resolve(spec.deploymentName() + ".xml"),
                    spec.database().get().binding(CodeBlock.of("docs/outbox.md", "On Tomcat")));
        }
    }

    private static String configure(String serverXml, HttpSpec http) {
        String xml = replace(serverXml, "Server port=\"8005\"", "Server port=\"-1\"");
        xml = replace(xml, "VersionLoggerListener\"", "VersionLoggerListener\" logArgs=\"false\"");
        xml = replace(xml, "Connector port=\"8080\"", "Connector " + attributes(http));
        xml = replace(xml, ENGINE, http.connectors() + ENGINE);
        xml = http.secure() ? secure(xml, http) : xml;
        return replace(xml, "Engine name=\"Catalina\"", "Engine name=\"Catalina\" backgroundProcessorDelay=\"1\"");
    }

    private static String attributes(HttpSpec http) {
        return "address=\"127.0.0.1\" port=\"0\"" + (http.uris() == UriRules.RELAXED ? RECOMMENDED : "")
                + (http.sendBuffer() == 0 ? "" : " socket.txBufSize=\"" + http.sendBuffer() + "\"")
                + (http.threads() == 0 ? "" : " maxThreads=\"" + http.threads() + "\"")
                + " maxConnections=\"20000\"";
    }

    /** With what the documents have people copy, of which the first connector takes a part. */
    private static String secure(String serverXml, HttpSpec http) {
        CodeBlock block = CodeBlock.of("docs/deployment.md", "TLS and HTTP/2 without a proxy");
        KeyStoreFile certificate = KeyStoreFile.ofTheBuild();
        String http2 =
                HTTP_2.matcher(block.code()).results().findFirst().orElseThrow().group();
        String all = FIRST_CONNECTOR.matcher(serverXml).replaceFirst("$1>" + http2 + "</Connector>");
        String xml = replace(block.code(), "port=\"8443\"", attributes(http));
        xml = replace(xml, "/etc/tidings/hub.p12", certificate.path().toString());
        xml = replace(xml, "=\"changeit\"", "=\"" + KeyStoreFile.PASSWORD + "\"");
        return replace(all, ENGINE, xml + ENGINE);
    }

    private static String replace(String xml, String stock, String ours) {
        if (!xml.contains(stock)) {
            throw new IllegalStateException("Tomcat's configuration has no '" + stock + "' any more");
        }
        return xml.replace(stock, ours);
    }

    @Override
    public List<String> arguments(ContainerSpec spec, Path home, Path base) {
        Stream<String> opened = OPENED.stream().map(name -> "--add-opens=" + name + "=ALL-UNNAMED");
        Stream<String> started = Stream.of(
                "-Dcatalina.home=" + home,
                "-Dcatalina.base=" + base,
                "-Djava.util.logging.manager=org.apache.juli.ClassLoaderLogManager",
                "-Djava.util.logging.config.file=" + base.resolve("conf/logging.properties"),
                "-cp",
                home.resolve("bin/bootstrap.jar") + File.pathSeparator + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start");
        return Stream.concat(opened, started).toList();
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

    /** Tomcat deletes what it unpacked only after it has stopped the web application. */
    @Override
    public boolean undeployed(Path base, String name, String log) {
        return Files.notExists(base.resolve("webapps").resolve(name));
    }
}
