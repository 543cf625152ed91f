package dev.tidings.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs every test of a class once on each container, against the real WAR.
 *
 * <pre>{@code
 * @EveryContainer(settings = "tidings.heartbeat=1s")
 * class HeartbeatIT {
 *
 *     @Test
 *     void quietStreamIsSentAHeartbeat(Container container) {
 *     }
 * }
 * }</pre>
 *
 * <p>Constructors, tests, {@code @BeforeEach} and {@code @AfterEach} may ask for the container. It is started when it is
 * first asked for, and shared by all classes that ask for the same one ({@link SharedContainers}). So a test must
 * neither end nor drain it, nor count on being alone: use topics and users of its own. One that needs a container to
 * itself starts it with {@link ContainerSpec}.
 *
 * <p>The class fails, too, when the container has logged an error or a stack trace meanwhile that no test has
 * {@link Container#expectInLog expected}. What it says later counts against the next class that gets it.
 *
 * <p>A start takes longer than most tests: use the settings of classes that are there, if the test can bear them. Several
 * classes of one hub have an annotation of their own, which is annotated with this one.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(EveryContainerExtension.class)
public @interface EveryContainer {

    /**
     * The containers that every build runs it on, one after the other; {@code mvn -Plong verify} takes all of them.
     *
     * <p>All of them, too, unless told otherwise: what reads or writes HTTP itself (addresses, headers, bodies, the pace
     * of a stream) each container does in its own way. Much of it both Tomcats do alike, and one of them is enough. What the
     * hub says there is its own, and one container is enough.
     */
    ContainerKind[] kinds() default {ContainerKind.TOMCAT_10, ContainerKind.TOMCAT_11, ContainerKind.JETTY};

    /** Whether the others are left out by {@code -Plong}, too, since it would say nothing or not hold there. */
    boolean only() default false;

    /** Where the WAR is deployed: empty for {@code /}, or a slash and one segment. */
    String contextPath() default "";

    /** Settings beside the key of {@link Tokens}, each as {@code tidings.name=value}. */
    String[] settings() default {};

    /** Whether in demo mode, and so without that key. */
    boolean demo() default false;

    /** Whether Tomcat, too, lets raw braces and encoded slashes through. */
    boolean relaxedUris() default false;

    /** Whether it speaks TLS and HTTP/2 as well, see {@link ContainerSpec#secure}. */
    boolean secure() default false;
}
