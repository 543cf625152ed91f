package dev.tidings.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.config.SettingException;
import dev.tidings.config.Settings;
import java.lang.reflect.Proxy;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.spi.InitialContextFactory;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayBuilderTest {

    private static final JdbcDataSource SHOP = new JdbcDataSource();

    private final String before = System.getProperty(Context.INITIAL_CONTEXT_FACTORY, "");

    /** What a server has bound, by its name. */
    public static final class Names implements InitialContextFactory {

        private static final Map<String, Object> BOUND = Map.of(
                "java:comp/env/jdbc/shop",
                SHOP,
                "jdbc/server",
                SHOP,
                "java:global/shop",
                SHOP,
                "jdbc/text",
                "no source");

        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    Names.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        Object found = BOUND.get(String.valueOf(arguments[0]));
                        if (found == null) {
                            // Jetty says no more than the exception's name.
                            throw arguments[0].equals("jdbc/silent")
                                    ? new NameNotFoundException()
                                    : new NameNotFoundException(arguments[0] + " is not there");
                        }
                        return found;
                    });
        }
    }

    @AfterEach
    void restore() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, before);
        if (before.isEmpty()) {
            System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        }
    }

    @Test
    void nameIsOneOfTheApplicationOrOfTheServer() {
        bind();
        assertThat(find("jdbc/shop")).isSameAs(SHOP);
        assertThat(find("jdbc/server")).isSameAs(SHOP);
        assertThat(find("java:comp/env/jdbc/shop")).isSameAs(SHOP);
        assertThat(find("java:global/shop")).isSameAs(SHOP);
        assertThat(RelayBuilder.find(new Settings.Relay(null, "tidings_outbox")))
                .isNull();
    }

    @Test
    void nameOfNoDataSourceStopsTheDeployment() {
        bind();
        assertThatThrownBy(() -> find("jdbc/text"))
                .isInstanceOf(SettingException.class)
                .hasMessage(
                        "tidings.relay.datasource: as jdbc/text there is no javax.sql.DataSource, but java.lang.String");
        assertThatThrownBy(() -> find("jdbc/other"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(
                        "tidings.relay.datasource: nothing is bound as jdbc/other (jdbc/other is not there). Bind a");
        assertThatThrownBy(() -> find("jdbc/silent"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("tidings.relay.datasource: nothing is bound as jdbc/silent. Bind a");
    }

    /** As {@code java -jar} starts it. */
    @Test
    void serverWithoutJndiSaysSo() {
        assertThatThrownBy(() -> find("jdbc/shop"))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith("tidings.relay.datasource: this server has no JNDI, as java -jar tidings.war");
    }

    private static void bind() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
    }

    private static DataSource find(String name) {
        return RelayBuilder.find(new Settings.Relay(name, "tidings_outbox"));
    }
}
