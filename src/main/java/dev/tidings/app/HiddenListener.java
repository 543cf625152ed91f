package dev.tidings.app;

import dev.tidings.logging.Logs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener at objects of the container, whose classes are hidden from web applications.
 *
 * <p>It is a proxy, which the container calls as one of its own. What the container tells it goes to one task.
 *
 * <p><b>Threads.</b> {@link #listenTo} and {@link #close} one at a time. The container's call the task.
 */
final class HiddenListener implements AutoCloseable {

    private static final System.Logger LOG = Logs.of(HiddenListener.class);

    private final Class<?> parameter;
    private final String remove;
    private final String add;
    private final Object proxy;
    private final List<Object> sources = new ArrayList<>();

    /**
     * Makes one that listens to nothing yet.
     *
     * @param type the interface of the container that a listener has
     * @param parameter what the methods take that add and remove one
     * @param kind the end of the names of these methods
     * @param told gets the name of each method of the interface that is called, and its one argument
     */
    HiddenListener(Class<?> type, Class<?> parameter, String kind, BiConsumer<String, Object> told) {
        this.parameter = parameter;
        this.add = "add" + kind;
        this.remove = "remove" + kind;
        this.proxy = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> "Tidings";
                    default -> {
                        tell(told, method.getName(), arguments);
                        yield null;
                    }
                });
    }

    /** Whatever the task throws, the container goes on with its start or stop. */
    private static void tell(BiConsumer<String, Object> told, String method, @Nullable Object @Nullable [] arguments) {
        Object argument = arguments == null ? null : arguments[0];
        if (argument != null) {
            try {
                told.accept(method, argument);
            } catch (RuntimeException | Error failure) {
                LOG.log(System.Logger.Level.ERROR, "the hub could not do all that " + method + " asks of it", failure);
            }
        }
    }

    /** Has it hear of this object, too, until it is closed. */
    void listenTo(Object source) throws ReflectiveOperationException {
        call(source, add);
        sources.add(source);
    }

    /** Stops listening, so that the container keeps no class of ours in memory. */
    @Override
    public void close() {
        for (Object source : sources) {
            try {
                call(source, remove);
            } catch (ReflectiveOperationException | RuntimeException failure) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the container keeps the stopped web application in memory",
                        failure);
            }
        }
        sources.clear();
    }

    private void call(Object source, String method)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        source.getClass().getMethod(method, parameter).invoke(source, proxy);
    }
}
