package dev.tidings.testing;

import java.util.regex.Pattern;

/**
 * Tomcat 11 for lines of a shell, as somebody has it who unpacked it: a copy of what the build unpacked, of which only
 * the port is another, on loopback. {@link ContainerSpec} starts one for a test.
 */
public final class StockTomcat {

    /** Finds the port in what it prints, as its group. */
    public static final Pattern PORT = Pattern.compile("http-nio-127\\.0\\.0\\.1-auto-\\d+-(\\d+)\"]");

    private static final String LINES = """
            cp -r HOME tomcat
            chmod +x tomcat/bin/*.sh
            mkdir -p tomcat/webapps tomcat/logs tomcat/temp
            sed -i 's/port="8080"/port="0" address="127.0.0.1"/; s/port="8005"/port="-1"/' tomcat/conf/server.xml
            export JAVA_HOME=JAVA
            """;

    private StockTomcat() {}

    /** Lines of a shell that make it as {@code tomcat} in the current directory. */
    public static String lines() {
        return LINES.replace("HOME tomcat", ContainerKind.TOMCAT_11.home().toAbsolutePath() + " tomcat")
                .replace("=JAVA", "=" + System.getProperty("java.home"));
    }
}
