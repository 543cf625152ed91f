package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.CustomRequestLog;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogCheckTest {

    private static final String VALVE = "Catalina:type=Valve,host=localhost,name=AccessLogValve";
    private static final String STOCK = "%h %l %u %t \"%r\" %s %b";

    private final ServletContextHandler context = new ServletContextHandler("/hub");

    @ParameterizedTest
    @ValueSource(strings = {STOCK, "common"})
    void logOfTomcatAsItComesIsNoted(String pattern) {
        TomcatBeans tomcat = tomcat(VALVE, pattern);
        assertThat(warnings(tomcat)).isEmpty();
        assertThat(notes(tomcat)).singleElement().asString().contains("AccessLogValve", "?token=", "%m %U %H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"combined", "%h %r", "%U%q", "%%%r", "%a %t %m %U %q %s"})
    void patternThatWritesQueriesIsWarnedOf(String pattern) {
        TomcatBeans tomcat = tomcat(VALVE, pattern);
        assertThat(warnings(tomcat)).hasSize(1);
        assertThat(notes(tomcat)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%h %l %u %t \"%m %U %H\" %s %b", "%%r", "%{x}r %U", "r q", "%s %D"})
    void patternThatWritesNoneIsFine(String pattern) {
        assertThat(warnings(tomcat(VALVE, pattern))).isEmpty();
    }

    @Test
    void extendedLogIsReadByItsOwnWords() {
        assertThat(warnings(extended("date c-ip cs-uri sc-status"))).hasSize(1);
        assertThat(warnings(extended("date cs-uri-stem cs-uri-query"))).hasSize(1);
        assertThat(warnings(extended("date c-ip cs-uri-stem sc-status"))).isEmpty();
    }

    @Test
    void valveOfAnotherWebApplicationIsNotLookedAt() {
        assertThat(warnings(tomcat("Catalina:type=Valve,host=localhost,context=/other,name=AccessLogValve", "%r")))
                .isEmpty();
        assertThat(warnings(tomcat("Catalina:type=Valve,host=localhost,context=/hub,name=AccessLogValve", "%r")))
                .hasSize(1);
    }

    @Test
    void valveWithoutAPatternIsNotMentioned() {
        var tomcat = new TomcatBeans().with(VALVE, Map.of("className", "x.ErrorReportValve"));
        assertThat(warnings(tomcat)).isEmpty();
    }

    @Test
    void requestLogOfJettyIsWarnedOfWhenItWritesQueries() {
        assertThat(jetty(new CustomRequestLog("/dev/null", CustomRequestLog.NCSA_FORMAT)))
                .singleElement()
                .asString()
                .contains("Jetty's request log", "%m %U %H");
        assertThat(jetty(new CustomRequestLog("/dev/null", "%a %U%!200q"))).hasSize(1);
    }

    @Test
    void requestLogOfJettyWithoutQueriesIsFine() {
        assertThat(jetty(new CustomRequestLog("/dev/null", "%a \"%m %U %H\" %s")))
                .isEmpty();
        assertThat(jetty(null)).isEmpty();
    }

    private static TomcatBeans tomcat(String name, String pattern) {
        return new TomcatBeans().with(name, Map.of("pattern", pattern, "className", "x.AccessLogValve"));
    }

    private static TomcatBeans extended(String pattern) {
        return new TomcatBeans().with(VALVE, Map.of("pattern", pattern, "className", "x.ExtendedAccessLogValve"));
    }

    private List<String> warnings(TomcatBeans tomcat) {
        return AccessLogCheck.warnings(context.getServletContext(), tomcat.server());
    }

    private List<String> notes(TomcatBeans tomcat) {
        return AccessLogCheck.notes(context.getServletContext(), tomcat.server());
    }

    private List<String> jetty(RequestLog log) {
        var server = new Server();
        server.setHandler(context);
        server.setRequestLog(log);
        return warnings(new TomcatBeans());
    }
}
