package io.lightvessel.cluster;

import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.QuotaUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class ClusterUse implements QuotaUse {
    private final JdbcClient jdbc;

    ClusterUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public QuotaKind kind() {
        return QuotaKind.CLUSTERS;
    }

    @Override
    public long count() {
        return jdbc.sql("select count(*) from cluster_cluster")
                .query((row, number) -> row.getLong(1))
                .single();
    }
}
