package dev.tidings.testing;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterClassTemplateInvocationCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The machinery of {@link EveryContainer}: one invocation of the class for each container.
 */
final class EveryContainerExtension implements ClassTemplateInvocationContextProvider {

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<? extends ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(
            ExtensionContext context) {
        EveryContainer wanted = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), EveryContainer.class)
                .orElseThrow();
        return Arrays.stream(kindsOf(wanted)).map(kind -> new OnOneContainer(specOf(wanted, kind)));
    }

    private static ContainerKind[] kindsOf(EveryContainer wanted) {
        return wanted.only() ? wanted.kinds() : Rounds.of(wanted.kinds(), ContainerKind.values());
    }

    private static ContainerSpec specOf(EveryContainer wanted, ContainerKind kind) {
        ContainerSpec spec = ContainerSpec.of(kind).under(wanted.contextPath());
        spec = wanted.demo() ? spec.demo() : spec;
        spec = wanted.relaxedUris() ? spec.withRelaxedUris() : spec;
        spec = wanted.secure() ? spec.secure() : spec;
        for (String setting : wanted.settings()) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("Not of the form tidings.name=value: " + setting);
            }
            spec = spec.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return spec;
    }

    private record OnOneContainer(ContainerSpec spec)
            implements ClassTemplateInvocationContext,
                    ParameterResolver,
                    AfterTestExecutionCallback,
                    AfterClassTemplateInvocationCallback {

        @Override
        public String getDisplayName(int invocationIndex) {
            return spec.kind().toString();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(this);
        }

        /** Reports name a container only by its number; and whoever waited in vain wants to know what it was doing. */
        @Override
        public void afterTestExecution(ExtensionContext context) {
            context.getExecutionException()
                    .ifPresent(failure -> SharedContainers.inUse().ifPresent(container -> {
                        failure.addSuppressed(new OnContainer(container));
                        container.keepThreads(
                                context.getRequiredTestClass().getSimpleName() + ": " + context.getDisplayName());
                    }));
        }

        /** What failed behind the answers stands only in the log. */
        @Override
        public void afterClassTemplateInvocation(ExtensionContext context) {
            SharedContainers.check(context.getRequiredTestClass().getSimpleName());
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Container.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return SharedContainers.get(spec);
        }
    }

    /** Where a test has failed; part of no stack. */
    private static final class OnContainer extends Exception {

        private static final long serialVersionUID = 1;

        OnContainer(Container container) {
            super(container + ", whose log is " + container.log(), null, false, false);
        }
    }
}
