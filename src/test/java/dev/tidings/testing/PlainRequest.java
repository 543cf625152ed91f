package dev.tidings.testing;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@code POST /msg} over HTTP/1.1 that no container has received: it has no headers, and the attributes it is given. */
public final class PlainRequest extends HttpServletRequestWrapper {

    private final Map<String, Object> attributes = new HashMap<>();

    public PlainRequest() {
        super((HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    @Override
    public String getMethod() {
        return "POST";
    }

    @Override
    public String getProtocol() {
        return "HTTP/1.1";
    }

    @Override
    public String getServletPath() {
        return "/msg";
    }

    /** One that has nothing. */
    @Override
    public ServletContext getServletContext() {
        return (ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> null);
    }

    @Override
    public @Nullable String getHeader(String name) {
        return null;
    }

    @Override
    public @Nullable Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }
}
