package dev.tidings.testing;

/** Which addresses a container lets through to the WAR. */
public enum UriRules {

    /** Tomcat as it comes; Jetty as the committed base sets it up, with encoded slashes and raw braces. */
    SHIPPED,

    /** Both as the deployment guide has them: with encoded slashes and raw braces. */
    RELAXED,

    /** Both as they come: Jetty without what the committed base sets about addresses. */
    STRICT,

    /** Jetty with one half of those settings, the connector's: what then asks for a path may meet an exception. */
    CONNECTOR_ONLY
}
