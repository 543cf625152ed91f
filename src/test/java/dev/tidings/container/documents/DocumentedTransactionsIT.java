package dev.tidings.container.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidings.container.NpmClient;
import dev.tidings.relay.OutboxTables;
import dev.tidings.testing.CodeBlock;
import dev.tidings.testing.PostgresServer;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What documents have an application write into its database is written in one transaction, with the order. */
@Tag(NpmClient.TAG)
class DocumentedTransactionsIT {

    private static final String SOURCE = """
            var dataSource = new org.postgresql.ds.PGSimpleDataSource();
            dataSource.setUrl(System.getenv("URL"));
            dataSource.setUser(System.getenv("HUB_USER"));
            """;

    private static final String TRANSACTION = "select count(distinct xmin::text) from"
            + " (select xmin from orders union all select xmin from tidings_outbox) written";

    private static PostgresServer postgres;
    private static OutboxTables tables;

    @BeforeAll
    static void start() throws SQLException {
        postgres = PostgresServer.start();
        tables = OutboxTables.make(postgres.source(), CodeBlock.of("docs/outbox.md", "PostgreSQL"));
        tables.execute("create table orders (id integer primary key, state text)");
    }

    @AfterAll
    static void stop() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void order() throws SQLException {
        tables.execute("delete from tidings_outbox");
        tables.execute("delete from orders");
        tables.execute("insert into orders values (1001, 'new')");
    }

    @Test
    void inJdbc() throws SQLException {
        assertWrittenBy("The transaction in JDBC", SOURCE);
    }

    @Test
    void inJpa() throws SQLException {
        assertWrittenBy("The transaction in JPA", """
                var entityManager = new org.hibernate.jpa.HibernatePersistenceConfiguration("shop")
                        .jdbcUrl(System.getenv("URL"))
                        .jdbcUsername(System.getenv("HUB_USER"))
                        .jdbcPassword("")
                        .createEntityManagerFactory()
                        .createEntityManager();
                """);
    }

    @Test
    void inSpring() throws SQLException {
        assertWrittenBy("The transaction in Spring", SOURCE + """
                var jdbc = new org.springframework.jdbc.core.JdbcTemplate(dataSource);
                var transaction = new org.springframework.transaction.support.TransactionTemplate(
                        new org.springframework.jdbc.datasource.DataSourceTransactionManager(dataSource));
                """);
    }

    /** By one transaction: each row has the number of the one that wrote it. */
    private static void assertWrittenBy(String heading, String before) throws SQLException {
        CodeBlock block = CodeBlock.of("docs/java.md", heading);
        String lines = before + block.statements() + "System.out.println(\"written\");\n";
        try (DocumentedProgram program = DocumentedProgram.java(
                block.imports(), lines, Map.of("URL", postgres.url(), "HUB_USER", postgres.user()))) {
            program.line("written");
        }
        assertThat(tables.column("select state from orders")).containsExactly("shipped");
        assertThat(tables.column("select topics from tidings_outbox")).containsExactly("/orders/1001\n/users/alice");
        assertThat(tables.column("select data from tidings_outbox")).containsExactly("{\"order\":1001}");
        assertThat(tables.column(TRANSACTION)).containsExactly("1");
    }
}
