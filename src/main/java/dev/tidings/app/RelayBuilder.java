package dev.tidings.app;

import dev.tidings.config.SettingException;
import dev.tidings.config.Settings;
import dev.tidings.hub.Hub;
import dev.tidings.publish.PublishService;
import dev.tidings.relay.Relay;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds the database whose rows are relayed, and makes the relay.
 *
 * <p><b>Threads.</b> The container's, one at a time: a container knows by the thread whose names are meant.
 */
final class RelayBuilder {

    private static final String SETTING = "tidings.relay.datasource";
    private static final String JAVA = "java:";
    private static final String OF_THE_APPLICATION = "java:comp/env/";

    private RelayBuilder() {}

    /**
     * The database, without a look whether it is there.
     *
     * @return null if nothing is relayed
     * @throws SettingException if there is no DataSource of that name
     */
    static @Nullable DataSource find(Settings.Relay settings) {
        String given = settings.dataSource();
        if (given == null) {
            return null;
        }
        Object found = lookUp(given);
        if (found instanceof DataSource source) {
            return source;
        }
        throw SettingException.of(
                SETTING,
                "as " + given + " there is no javax.sql.DataSource, but "
                        + (found == null ? "nothing" : found.getClass().getName()));
    }

    /** What is bound for the web application, or else for the whole server. The setting allows no name of another server. */
    @SuppressWarnings("BanJNDI")
    private static @Nullable Object lookUp(String given) {
        try {
            var context = new InitialContext();
            if (given.startsWith(JAVA)) {
                return context.lookup(given);
            }
            try {
                return context.lookup(OF_THE_APPLICATION + given);
            } catch (NameNotFoundException ofTheServer) {
                return context.lookup(given);
            }
        } catch (NoInitialContextException none) {
            throw SettingException.of(
                    SETTING,
                    "this server has no JNDI, as java -jar tidings.war and a Jetty without its module jndi have none. "
                            + "Deploy the WAR on Tomcat, or on Jetty with that module, and bind a DataSource there");
        } catch (NamingException missing) {
            throw SettingException.of(
                    SETTING,
                    "nothing is bound as " + given
                            + (missing.getMessage() == null ? "" : " (" + missing.getMessage() + ")")
                            + ". Bind a DataSource with that name in the container, or remove this setting");
        }
    }

    /** A relay that does not run yet. */
    static Relay relay(DataSource source, Settings settings, PublishService publishing, Hub hub) {
        return new Relay(
                source,
                settings.relay().table(),
                settings.limit().eventSize(),
                publishing,
                hub,
                settings.node(),
                System::nanoTime);
    }
}
