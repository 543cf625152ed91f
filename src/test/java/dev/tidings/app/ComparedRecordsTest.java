package dev.tidings.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

/** What the JDK remembers of records. Since Java 18 it forgets by itself. */
class ComparedRecordsTest {

    /** A record with a component of its own class loader. */
    public record Outer(Inner inner) {}

    /** A class of that loader. */
    public record Inner(String text) {}

    @Test
    void webApplicationWhoseRecordsWereComparedIsReleased() throws Exception {
        WeakReference<ClassLoader> loader = comparedInAnApplicationThatIsReleased();
        Eventually.passes(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
    }

    private static WeakReference<ClassLoader> comparedInAnApplicationThatIsReleased() throws Exception {
        var application = new Application();
        Object one = outer(application);
        assertThat(one).isEqualTo(outer(application)).hasToString("Outer[inner=Inner[text=same]]");
        assertThat(one).hasSameHashCodeAs(outer(application));
        Method release = application.loadClass(ComparedRecords.class.getName()).getDeclaredMethod("release");
        release.setAccessible(true);
        release.invoke(null);
        return new WeakReference<>(application);
    }

    private static Object outer(ClassLoader application) throws Exception {
        Class<?> inner = application.loadClass(Inner.class.getName());
        Constructor<?> outer = application.loadClass(Outer.class.getName()).getConstructor(inner);
        return outer.newInstance(inner.getConstructor(String.class).newInstance("same"));
    }

    /** Loads the classes of ours anew, as a container does with each deployment. */
    private static final class Application extends ClassLoader {

        private Application() {
            super(null);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try (InputStream file =
                    ComparedRecordsTest.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
