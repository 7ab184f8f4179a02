package io.lightvessel.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.testing.ControlPlaneTest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What row-level security costs a page of a list: the same rows, index and connection with the policy and with a condition in the
 * query instead, in turns. {@code -Dlightvessel.rls.rounds=20000} gives figures worth writing down.
 */
@ControlPlaneTest
class RlsOverheadIT {
    private static final int TENANTS = 200;
    private static final int ROWS = 500;
    private static final String PAGE = " slug > ? order by slug limit 51";

    @Autowired
    private DataSource app;

    @Autowired
    @Qualifier("ownerDataSource")
    private DataSource owner;

    private UUID tenant;

    @BeforeEach
    void twoTablesWithTheSameRows() {
        JdbcClient asOwner = JdbcClient.create(owner);
        for (String table : new String[] {"bench_bound", "bench_free"}) {
            asOwner.sql("create table " + table + " (like cluster_cluster including all)")
                    .update();
        }
        asOwner.sql("""
                        insert into bench_bound (id, tenant_id, slug, name, environment, labels, version, created_at, created_by)
                        select gen_random_uuid(), md5(t::text)::uuid, 'c' || lpad(r::text, 6, '0'), 'A cluster', 'production',
                               '{"team": "x"}', 0, now(), 'user:ada'
                        from generate_series(1, ?) t, generate_series(1, ?) r
                        """).params(TENANTS, ROWS).update();
        asOwner.sql("insert into bench_free select * from bench_bound").update();
        tenant = asOwner.sql("select tenant_id from bench_bound limit 1")
                .query(UUID.class)
                .single();
        asOwner.sql("call tenancy_isolate('bench_bound')").update();
        asOwner.sql("analyze bench_bound, bench_free").update();
    }

    @AfterEach
    void dropThem() {
        JdbcClient.create(owner).sql("drop table bench_bound, bench_free").update();
    }

    @Test
    void thePolicyIsReadThroughTheIndexAndCostsLittle() throws SQLException {
        int rounds = Integer.getInteger("lightvessel.rls.rounds", 200);
        try (Connection connection = app.getConnection()) {
            connection.setAutoCommit(false);
            bind(connection);
            assertThat(plan(connection))
                    .contains("Index")
                    .contains("tenant_id = ")
                    .doesNotContain("Seq Scan");
            connection.commit();
            measure(connection, rounds / 10);
            long[][] nanos = measure(connection, rounds);
            for (long[] times : nanos) {
                Arrays.sort(times);
            }
            System.out.printf(
                    Locale.ROOT,
                    "RLS over %d rows of %d tenants, %d pages each: p50 %.3f ms with, %.3f ms without (%+.1f %%);"
                            + " p95 %.3f ms with, %.3f ms without (%+.1f %%)%n",
                    TENANTS * ROWS,
                    TENANTS,
                    rounds,
                    millis(nanos[0], 50),
                    millis(nanos[1], 50),
                    100 * (millis(nanos[0], 50) / millis(nanos[1], 50) - 1),
                    millis(nanos[0], 95),
                    millis(nanos[1], 95),
                    100 * (millis(nanos[0], 95) / millis(nanos[1], 95) - 1));
        }
    }

    private long[][] measure(Connection connection, int rounds) throws SQLException {
        long[] bound = new long[rounds];
        long[] free = new long[rounds];
        for (int round = 0; round < rounds; round++) {
            String after = "c%06d".formatted(round * 7919 % ROWS);
            // Whoever comes second finds warmer caches, so they take turns in that too.
            if (round % 2 == 0) {
                bound[round] = page(connection, "select * from bench_bound where" + PAGE, null, after);
            }
            free[round] = page(connection, "select * from bench_free where tenant_id = ? and" + PAGE, tenant, after);
            if (round % 2 == 1) {
                bound[round] = page(connection, "select * from bench_bound where" + PAGE, null, after);
            }
        }
        return new long[][] {bound, free};
    }

    /** A transaction as the control plane makes them: the tenant is said, then a page is read. */
    private long page(Connection connection, String query, UUID condition, String after) throws SQLException {
        long start = System.nanoTime();
        bind(connection);
        int rows = 0;
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            int index = 1;
            if (condition != null) {
                statement.setObject(index++, condition);
            }
            statement.setString(index, after);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows++;
                }
            }
        }
        connection.commit();
        long took = System.nanoTime() - start;
        assertThat(rows).isLessThanOrEqualTo(51);
        return took;
    }

    private void bind(Connection connection) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select set_config('app.tenant', ?, true)")) {
            set.setString(1, tenant.toString());
            set.execute();
        }
    }

    private static String plan(Connection connection) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (PreparedStatement explain = connection.prepareStatement(
                        "explain select * from bench_bound where slug > 'c000100' order by slug limit 51");
                ResultSet lines = explain.executeQuery()) {
            while (lines.next()) {
                plan.append(lines.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }

    private static double millis(long[] sorted, int percentile) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)] / 1e6;
    }
}
