package dev.tidings.container;

import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.EveryContainer;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Runs every test of a class on a hub that pages of other sites may ask, some of them for events alone. */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EveryContainer(
        kinds = {ContainerKind.TOMCAT_11, ContainerKind.JETTY},
        settings = {
            "tidings.cors.origins=https://app.example.com,http://localhost:3000,https://*.example.org:8443,null"
                    + ",https://app.example.net,https://*.pages.example,https://reader.example",
            "tidings.publish.origins=https://app.example.net,https://*.pages.example"
        })
public @interface SiteHub {}
