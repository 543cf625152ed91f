package dev.tidings.http;

import static java.util.Objects.requireNonNull;

import dev.tidings.testing.PlainRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body comes when the test says so, over HTTP/1.1 unless it says otherwise. The test is its container:
 * it calls those who listen, and sees what was asked of it.
 */
final class HeldRequest extends HttpServletRequestWrapper {

    /** What it was asked to be when its time is up or its body is there; set by whoever waits for it. */
    @Nullable
    AsyncListener container;

    @Nullable
    ReadListener reader;

    String method = "POST";
    String protocol = "HTTP/1.1";
    DispatcherType dispatch = DispatcherType.REQUEST;

    /** Whether its path can be read in more than one way, so that its parts cannot be told. */
    boolean ambiguous;

    /** How long it says that its body is; less than 0 where it does not say. */
    long length = 100;

    final Map<String, String> headers = new HashMap<>();
    boolean asyncSupported = true;

    /** Whether the container has ended it already. */
    boolean over;

    boolean asyncStarted;
    long timeoutMillis = -1;
    int completed;

    final Response response = new Response();
    private final Input input = new Input();

    HeldRequest() {
        super(new PlainRequest());
    }

    /** So many bytes of the body are there. */
    HeldRequest there(int bytes) {
        input.there += bytes;
        return this;
    }

    /** So many more have come, and whoever listens is told. */
    void arrive(int bytes) throws IOException {
        there(bytes);
        requireNonNull(reader, "nobody listens").onDataAvailable();
    }

    /** How many bytes are there that nobody has read. */
    int unread() {
        return input.there;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getServletPath() {
        if (ambiguous) {
            throw new IllegalArgumentException("as if");
        }
        return super.getServletPath();
    }

    @Override
    public @Nullable String getPathInfo() {
        return null;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return dispatch;
    }

    @Override
    public String getProtocol() {
        return protocol;
    }

    @Override
    public long getContentLengthLong() {
        return length;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String value = headers.get(name);
        return Collections.enumeration(value == null ? List.of() : List.of(value));
    }

    @Override
    public void removeAttribute(String name) {
        setAttribute(name, null);
    }

    @Override
    public boolean isAsyncSupported() {
        return asyncSupported;
    }

    @Override
    public boolean isAsyncStarted() {
        return asyncStarted;
    }

    @Override
    public ServletInputStream getInputStream() {
        return input;
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
        if (!asyncSupported) {
            throw new IllegalStateException("as if");
        }
        asyncStarted = true;
        return getAsyncContext();
    }

    @Override
    public AsyncContext getAsyncContext() {
        return (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "setTimeout" -> timeoutMillis = (long) arguments[0];
                        case "addListener" -> container = (AsyncListener) arguments[0];
                        case "complete" -> complete();
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private void complete() {
        if (over) {
            throw new IllegalStateException("as if");
        }
        completed++;
    }

    /** Zeros, as many as are there. */
    private final class Input extends ServletInputStream {

        private int there;

        @Override
        public int available() {
            return there;
        }

        @Override
        public boolean isReady() {
            return there > 0;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            reader = listener;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] buffer, int from, int most) {
            if (there == 0) {
                throw new IllegalStateException("nothing is there");
            }
            int count = Math.min(most, there);
            there -= count;
            return count;
        }
    }

    /** The answer to it. */
    static final class Response {

        int status = 200;
        boolean committed;

        /** Whether there is no memory to write anything; and whether some of it has left nevertheless. */
        boolean starved;

        boolean starvedHalfWay;

        /** What the container was asked to refuse by itself; 0 for nothing. */
        int sentError;

        final Map<String, String> headers = new HashMap<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        String text() {
            return body.toString(StandardCharsets.UTF_8);
        }

        HttpServletResponse servlets() {
            return (HttpServletResponse) Proxy.newProxyInstance(
                    HttpServletResponse.class.getClassLoader(),
                    new Class<?>[] {HttpServletResponse.class},
                    (proxy, method, arguments) -> answer(method.getName(), arguments));
        }

        private @Nullable Object answer(String call, Object @Nullable [] arguments) {
            switch (call) {
                case "isCommitted" -> {
                    return committed;
                }
                case "getStatus" -> {
                    return status;
                }
                case "getOutputStream" -> {
                    return new Output();
                }
                case "sendError" -> sentError = (int) requireNonNull(arguments)[0];
                case "setStatus" -> status = (int) requireNonNull(arguments)[0];
                case "setHeader" -> headers.put((String) requireNonNull(arguments)[0], (String) arguments[1]);
                case "flushBuffer" -> committed = true;
                case "resetBuffer" -> body.reset();
                case "setContentType", "setContentLength" -> {}
                default -> throw new UnsupportedOperationException(call);
            }
            return null;
        }

        private final class Output extends ServletOutputStream {

            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int octet) {
                if (starved) {
                    committed = starvedHalfWay;
                    throw new OutOfMemoryError("as if");
                }
                body.write(octet);
            }
        }
    }
}
