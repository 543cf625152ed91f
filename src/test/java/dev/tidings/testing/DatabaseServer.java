package dev.tidings.testing;

import javax.sql.DataSource;

/** A database in a process of its own, on loopback, that ends with the test. */
public interface DatabaseServer extends AutoCloseable {

    /** Connects to it. Each connection is a new one. */
    DataSource source();

    /** Connects to it as this user, who has no password, with these parameters of its driver. */
    DataSource source(String user, String parameters);

    /** What the documents have people add to the address, so that nothing waits for ever. */
    String documentedLimits();

    /** Its address as JDBC has it. */
    String url();

    /** The user that may do everything, who has no password. */
    String user();

    /** Ends it at once, with all its processes, as a crash would. */
    void kill();

    /** Stops it where it stands, as a machine that hangs. */
    void pause();

    /** Lets it go on after a {@link #pause}. */
    void resume();

    /** Starts it again after a {@link #kill}, on the same port and directory, and waits until it answers. */
    void restart();

    @Override
    void close();
}
