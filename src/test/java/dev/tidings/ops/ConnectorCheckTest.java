package dev.tidings.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

class ConnectorCheckTest {

    /** The settings that Tomcat tells of a connector. */
    public interface Connector {
        String getProtocol();

        String getEncodedSolidusHandling();

        String getRelaxedPathChars();

        String getRelaxedQueryChars();
    }

    private record Given(String protocol, String slashes, String path, String query) implements Connector {

        Given(String slashes, String path, String query) {
            this("HTTP/1.1", slashes, path, query);
        }

        @Override
        public String getProtocol() {
            return protocol;
        }

        @Override
        public String getEncodedSolidusHandling() {
            return slashes;
        }

        @Override
        public String getRelaxedPathChars() {
            return path;
        }

        @Override
        public String getRelaxedQueryChars() {
            return query;
        }
    }

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    @Test
    void stockConnectorIsNotedWithWhatItLacks() throws JMException {
        assertThat(warnings(new Given("reject", null, null)))
                .hasSize(3)
                .allSatisfy(warning -> assertThat(warning).contains("port 8080", "conf/server.xml"))
                .satisfiesExactly(
                        slashes -> assertThat(slashes).endsWith("encodedSolidusHandling=\"passthrough\""),
                        path -> assertThat(path)
                                .contains("refuses paths with { or }")
                                .endsWith("relaxedPathChars=\"{}\""),
                        query -> assertThat(query)
                                .contains("refuses queries with { or }")
                                .endsWith("relaxedQueryChars=\"{}\""));
    }

    @Test
    void decodedSlashesAreNotEnough() throws JMException {
        assertThat(warnings(new Given("decode", "{}", "{}")))
                .singleElement()
                .asString()
                .contains("%2F");
    }

    @Test
    void oneBraceIsNotEnough() throws JMException {
        assertThat(warnings(new Given("passthrough", "{", "}"))).hasSize(2);
    }

    @Test
    void connectorAsTheGuideHasItIsNotMentioned() throws JMException {
        assertThat(warnings(new Given("passthrough", "[]{}", "{}|"))).isEmpty();
    }

    @Test
    void connectorOfAjpIsNotMentioned() throws JMException {
        assertThat(warnings(new Given("AJP/1.3", "reject", null, null))).isEmpty();
    }

    @Test
    void containerThatTellsNothingIsNotMentioned() {
        assertThat(ConnectorCheck.notes(server)).isEmpty();
    }

    @Test
    void whatIsNoConnectorIsNotLookedAt() throws JMException {
        assertThat(warnings(new Given("reject", null, null), "Catalina:type=Other,port=8080"))
                .isEmpty();
    }

    private List<String> warnings(Connector connector) throws JMException {
        return warnings(connector, "Catalina:type=Connector,port=8080");
    }

    private List<String> warnings(Connector connector, String name) throws JMException {
        server.registerMBean(
                new StandardMBean(connector, Connector.class) {
                    @Override
                    public Object getAttribute(String name)
                            throws javax.management.ReflectionException, javax.management.AttributeNotFoundException,
                                    javax.management.MBeanException {
                        return super.getAttribute(Character.toUpperCase(name.charAt(0)) + name.substring(1));
                    }
                },
                new ObjectName(name));
        return ConnectorCheck.notes(server);
    }
}
