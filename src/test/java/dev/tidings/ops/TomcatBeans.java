package dev.tidings.ops;

import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** What Tomcat tells by JMX, for tests of what the hub makes of it; {@code StartChecksIT} asks a real one. */
final class TomcatBeans {

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();

    MBeanServer server() {
        return server;
    }

    /** With a bean of these attributes. */
    TomcatBeans with(String name, Map<String, ?> attributes) {
        try {
            server.registerMBean(new Bean(attributes), new ObjectName(name));
            return this;
        } catch (JMException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private record Bean(Map<String, ?> attributes) implements DynamicMBean {

        @Override
        public Object getAttribute(String name) throws AttributeNotFoundException {
            Object value = attributes.get(name);
            if (value == null) {
                throw new AttributeNotFoundException(name);
            }
            return value;
        }

        @Override
        public AttributeList getAttributes(String[] names) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setAttribute(Attribute attribute) {
            throw new UnsupportedOperationException();
        }

        @Override
        public AttributeList setAttributes(AttributeList list) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Object invoke(String action, Object[] parameters, String[] signature) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MBeanInfo getMBeanInfo() {
            return new MBeanInfo(Bean.class.getName(), "", null, null, null, null);
        }
    }
}
