package dev.tidings.container.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidings.container.LeftBehind;
import dev.tidings.container.Requests;
import dev.tidings.container.Streams;
import dev.tidings.relay.OutboxTables;
import dev.tidings.testing.Answer;
import dev.tidings.testing.Block;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.Container;
import dev.tidings.testing.ContainerKind;
import dev.tidings.testing.ContainerSpec;
import dev.tidings.testing.Eventually;
import dev.tidings.testing.PostgresServer;
import dev.tidings.testing.Publisher;
import dev.tidings.testing.Scrape;
import dev.tidings.testing.StartupFailedException;
import dev.tidings.testing.StreamRecorder;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Rows of a DataSource that is bound in a container as the documents have it. */
class RelayIT {

    private static final String TOMCAT_10 = "TOMCAT_10";

    private static PostgresServer postgres;
    private OutboxTables tables;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void make() throws SQLException {
        tables = OutboxTables.make(postgres.source(), CodeBlock.of("docs/outbox.md", "PostgreSQL"));
        tables.notifying();
    }

    @AfterEach
    void drop() throws SQLException {
        tables.execute("drop table tidings_outbox, tidings_outbox_lease");
        tables.execute("drop function tidings_outbox_notify");
    }

    @ParameterizedTest
    @EnumSource(names = TOMCAT_10, mode = Mode.EXCLUDE)
    void rowsBecomeEventsAndTheHubLeavesNothingBehind(ContainerKind kind) throws SQLException {
        try (Container hub =
                ContainerSpec.of(kind).under("/tidings").relaying(postgres).start()) {
            Eventually.passes(() -> assertThat(hub.logText())
                    .contains("this node relays the rows of tidings_outbox, and is notified of them"));
            try (StreamRecorder stream = Streams.open(hub, "/orders")) {
                tables.write("/orders", "shipped");
                Block event = stream.next();
                assertThat(event.id()).isEqualTo("tidings_outbox-1");
                assertThat(event.data()).isEqualTo("shipped");
                tables.write("/hub/nodes", "forged");
                tables.write("/orders", "last");
                assertThat(stream.next().data()).isEqualTo("last");
            }
            Requests.assertProblem(
                    Publisher.to(hub).post(Publisher.FORM, "topic=/orders&msg=forged&id=tidings_outbox-3"),
                    400,
                    "is the id of a row that this hub relays from a database");
            Eventually.passes(() -> assertThat(tables.ids()).containsExactly("2"));
            assertThat(tables.column("select error from tidings_outbox").get(0)).contains("is the hub's own");
            Eventually.passes(() -> {
                Scrape metrics = Scrape.of(hub.uri());
                assertThat(metrics.sum("tidings_relay_active")).isEqualTo(1);
                assertThat(metrics.sum("tidings_relay_rows_published_total")).isEqualTo(2);
                assertThat(metrics.sum("tidings_relay_rows_set_aside_total")).isEqualTo(1);
                assertThat(metrics.sum("tidings_relay_rows_waiting")).isZero();
            });
            hub.undeploy();
            assertThat(tables.column("select holder from tidings_outbox_lease"))
                    .as("another may relay at once")
                    .containsExactly((String) null);
            LeftBehind.assertNothing(hub);
        }
    }

    @ParameterizedTest
    @EnumSource(names = TOMCAT_10, mode = Mode.EXCLUDE)
    void databaseThatIsAwayHindersNoDeploymentAndIsFoundWhenItIsBack(ContainerKind kind) throws SQLException {
        tables.write("/orders", "1");
        postgres.kill();
        try (Container hub = ContainerSpec.of(kind).relaying(postgres).start()) {
            try {
                Eventually.passes(() -> {
                    Answer ready = Requests.get(hub, "/health/ready");
                    assertThat(ready.status()).isEqualTo(200);
                    assertThat(ready.json().path("warning").asText())
                            .matches("the relay has not been able to use its database for \\d+ s; the log says why");
                });
                assertThat(hub.logText())
                        .contains(
                                "the relay cannot use its database, and tries again until it can table=tidings_outbox error=");
                assertThat(Scrape.of(hub.uri()).sum("tidings_relay_active")).isZero();
                assertThat(Scrape.of(hub.uri()).sum("tidings_relay_database_errors_total"))
                        .isPositive();
            } finally {
                postgres.restart();
            }
            try (StreamRecorder stream =
                    Streams.open(Streams.request(hub, "/orders").after("earliest"))) {
                assertThat(stream.next().data()).isEqualTo("1");
            }
            Eventually.passes(
                    () -> assertThat(Requests.get(hub, "/health/ready").body()).isEqualTo("{\"status\":\"ok\"}\n"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = TOMCAT_10, mode = Mode.EXCLUDE)
    void nameThatIsNotBoundStopsTheDeployment(ContainerKind kind) {
        ContainerSpec spec = ContainerSpec.of(kind).relaying(postgres).set("tidings.relay.datasource", "jdbc/other");
        assertThatThrownBy(spec::start)
                .isInstanceOf(StartupFailedException.class)
                .hasMessageContaining(
                        "Tidings is not deployed: tidings.relay.datasource: nothing is bound as jdbc/other")
                .hasMessageNotContaining("(null)")
                .hasMessageContaining("Bind a DataSource with that name in the container, or remove this setting");
    }
}
