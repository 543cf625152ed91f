# The hub with a Java that has no more than it needs. First build the WAR: mvn package -Dmaven.test.skip=true
FROM eclipse-temurin:21-jdk-alpine AS java
RUN jlink --add-modules java.instrument,java.logging,java.management,java.naming,java.xml,jdk.crypto.ec,jdk.management,jdk.unsupported,jdk.zipfs --strip-java-debug-attributes --no-header-files --no-man-pages --compress=2 --output /opt/java-small

FROM alpine:3.22
RUN adduser -S -D -H -u 10001 tidings && install -d -o tidings /var/lib/tidings
COPY --from=java /opt/java-small /opt/java-small
COPY target/tidings.war /opt/tidings/tidings.war
USER 10001
ENV TIDINGS_SERVER_ADDRESS=0.0.0.0
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD wget -q -O /dev/null http://127.0.0.1:8080/health/live
ENTRYPOINT ["/opt/java-small/bin/java", "-XX:MaxRAMPercentage=75", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/tidings/tidings.war"]
