package dev.tidings.testing;

import dev.tidings.web.ErrorPage;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * A Jetty in this JVM with the servlets and filters a test puts into it, for what needs a real request
 * and no WAR.
 *
 * <p>Errors that Jetty makes by itself go to {@code /error}, as web.xml says it.
 */
public final class InProcessJetty implements AutoCloseable {

    private final Server server = new Server();
    private final ServerConnector connector;
    private final ServletContextHandler context = new ServletContextHandler();
    private final HttpClient client;

    public InProcessJetty() {
        this(null);
    }

    /** @param store what it shows over HTTPS, or null for plain HTTP */
    public InProcessJetty(@Nullable KeyStoreFile store) {
        if (store == null) {
            connector = new ServerConnector(server);
            client = HttpClient.newHttpClient();
        } else {
            var tls = new SslContextFactory.Server();
            tls.setSslContext(store.sslContext());
            connector = new ServerConnector(server, tls);
            client = HttpClient.newBuilder().sslContext(store.sslContext()).build();
        }
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(context);
        var errors = new ErrorPageErrorHandler();
        errors.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, "/error");
        context.setErrorHandler(errors);
        new ErrorPage(false).serve(context.getServletContext());
    }

    /** With everything below this path, and nothing else. */
    public InProcessJetty under(String path) {
        context.setContextPath(path);
        return this;
    }

    /** With connections that are given up when nothing moves for so long. */
    public InProcessJetty idle(Duration timeout) {
        connector.setIdleTimeout(timeout.toMillis());
        return this;
    }

    public InProcessJetty filter(String path, Filter filter) {
        return filter(path, filter, DispatcherType.REQUEST);
    }

    /** Adds a filter for these ways to come to the path. */
    public InProcessJetty filter(String path, Filter filter, DispatcherType first, DispatcherType... rest) {
        var holder = new FilterHolder(filter);
        holder.setAsyncSupported(true);
        context.addFilter(holder, path, EnumSet.of(first, rest));
        return this;
    }

    public InProcessJetty servlet(String path, Servlet servlet) {
        var holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        context.addServlet(holder, path);
        return this;
    }

    public InProcessJetty start() {
        try {
            server.start();
            return this;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public URI uri() {
        boolean tls = connector.getDefaultConnectionFactory() instanceof SslConnectionFactory;
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + connector.getLocalPort());
    }

    /** A request for {@code target}, path and query. */
    public HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(uri().resolve(target));
    }

    /** Sends the request and waits for the whole answer. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends the request, and does not wait for the answer. */
    public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
