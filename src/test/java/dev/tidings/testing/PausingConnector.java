package dev.tidings.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Jetty's own connector, with the pauses that a busy machine makes anyway, only more often: a connection that was
 * refused waits a little before it reads on.
 *
 * <p>It runs inside the container. {@link #XML} has it started beside the first connector, on a port of its own.
 *
 * <p><b>Threads.</b> Any, as Jetty has them.
 */
public final class PausingConnector extends ServerConnector {

    /** What {@link ContainerSpec#connector} takes. */
    public static final String XML = """
            <Call name="addConnector">
              <Arg>
                <New class="dev.tidings.testing.PausingConnector">
                  <Arg><Ref refid="Server"/></Arg>
                  <Arg><Ref refid="httpConfig"/></Arg>
                  <Set name="host">127.0.0.1</Set>
                </New>
              </Arg>
            </Call>
            """;

    private static final long PAUSE_NANOS = 3_000_000;

    /** Called by Jetty, with what its configuration names. */
    public PausingConnector(Server server, HttpConfiguration http) {
        super(server, new HttpConnectionFactory(http));
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint connection = new Connection(channel, selector, key, getScheduler());
        connection.setIdleTimeout(getIdleTimeout());
        return connection;
    }

    static final class Connection extends SocketChannelEndPoint {

        Connection(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            if (isOutputShutdown()) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            return super.fill(buffer);
        }
    }
}
