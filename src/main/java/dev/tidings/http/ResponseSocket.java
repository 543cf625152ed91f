package dev.tidings.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the socket behind a response whose remaining bytes go out as they are, so that they can be written to it at less
 * cost than through the container.
 *
 * <p>It is found only where every object on the way to it is one that is known to change nothing: not where a filter or
 * a handler has an output of its own, not over TLS, not in HTTP/2, not in a container or a version of one that keeps it
 * elsewhere; and it stays in use only where the headers, when they have left, say that nothing is encoded. Streams are
 * written through the container otherwise, and nobody else sees a difference.
 *
 * <p><b>Threads.</b> Any.
 */
final class ResponseSocket {

    private static final System.Logger LOG = System.getLogger(ResponseSocket.class.getName());

    /** The ways from a response to its socket, by the output streams of the containers that have them. */
    private static final Map<String, List<Step>> WAYS = Map.of(
            "CoyoteOutputStream",
            List.of(
                    new Step("response", "Response"),
                    new Step("getCoyoteResponse", "Response"),
                    new Step("hook", "Http11Processor"),
                    new Step("getSocketWrapper", "NioSocketWrapper"),
                    new Step("getSocket", "NioChannel"),
                    new Step("getIOChannel", "SocketChannelImpl")),
            "HttpOutput",
            List.of(
                    new Step("getResponse", "ServletContextResponse"),
                    new Step("getWrapped", "ChannelResponse"),
                    new Step("getRequest", "ChannelRequest"),
                    new Step("getConnectionMetaData", "HttpConnection"),
                    new Step("getEndPoint", "SocketChannelEndPoint"),
                    new Step("getChannel", "SocketChannelImpl")));

    private static final int MOST_SAID = 16;

    /** What was said of how streams are written: each once. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    /** From one of a container's objects to the next: by a method or a field, and to an object of a class. */
    private static final class Step {

        private final String member;
        private final String leadsTo;

        /** As it was found last; there is one container. */
        private volatile @Nullable Getter found;

        Step(String member, String leadsTo) {
            this.member = member;
            this.leadsTo = leadsTo;
        }

        /** Null when it leads elsewhere. */
        @Nullable
        Object from(Object owner) throws Throwable {
            Getter getter = found;
            if (getter == null || getter.of() != owner.getClass()) {
                getter = Getter.of(owner.getClass(), member);
                found = getter;
            }
            Object next = getter.handle().invokeExact(owner);
            if (next != null && next.getClass().getSimpleName().equals(leadsTo)) {
                return next;
            }
            say("through the container, for %s of %s is %s"
                    .formatted(member, owner.getClass().getName(), next == null ? null : next.getClass()));
            return null;
        }
    }

    private record Getter(Class<?> of, MethodHandle handle) {

        private static final MethodType TYPE = MethodType.methodType(Object.class, Object.class);

        static Getter of(Class<?> type, String member) throws ReflectiveOperationException {
            for (Class<?> declares = type; declares != null; declares = declares.getSuperclass()) {
                for (Method method : declares.getDeclaredMethods()) {
                    if (method.getName().equals(member) && method.getParameterCount() == 0) {
                        method.setAccessible(true);
                        return new Getter(
                                type, MethodHandles.lookup().unreflect(method).asType(TYPE));
                    }
                }
                for (Field field : declares.getDeclaredFields()) {
                    if (field.getName().equals(member)) {
                        field.setAccessible(true);
                        return new Getter(
                                type,
                                MethodHandles.lookup().unreflectGetter(field).asType(TYPE));
                    }
                }
            }
            throw new NoSuchFieldException("no %s in %s".formatted(member, type.getSimpleName()));
        }
    }

    private ResponseSocket() {}

    /**
     * The socket that a response is written to, or null. Whether it {@link #isPlain is plain} is known later.
     *
     * @param out the response's output stream
     */
    static @Nullable SocketChannel of(HttpServletResponse response, ServletOutputStream out) {
        List<Step> way = WAYS.get(out.getClass().getSimpleName());
        if (way == null) {
            say("through the container, for their output stream is %s".formatted(out.getClass()));
            return null;
        }
        try {
            Object next = unwrapped(response);
            for (Step step : way) {
                next = step.from(next);
                if (next == null) {
                    return null;
                }
            }
            return (SocketChannel) next;
        } catch (Throwable hidden) {
            say("through the container, for " + hidden);
            return null;
        }
    }

    /** Whether what follows the headers, which have left, goes out as it is written, up to the connection's end. */
    static boolean isPlain(HttpServletResponse response) {
        boolean plain = "close".equals(response.getHeader("Connection"))
                && response.getHeader("Content-Encoding") == null
                && response.getHeader("Transfer-Encoding") == null
                && response.getTrailerFields() == null;
        say(plain ? "to their sockets" : "through the container, for it encodes them");
        return plain;
    }

    private static ServletResponse unwrapped(ServletResponse response) {
        ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            inner = wrapper.getResponse();
        }
        return inner;
    }

    private static void say(String how) {
        if (SAID.size() < MOST_SAID && SAID.add(how)) {
            LOG.log(System.Logger.Level.INFO, "streams are written {0}", how);
        }
    }
}
