package io.lightvessel.fleet;

import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.QuotaUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class AgentUse implements QuotaUse {
    private final JdbcClient jdbc;

    AgentUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public QuotaKind kind() {
        return QuotaKind.AGENTS;
    }

    @Override
    public long count() {
        return jdbc.sql("select count(*) from fleet_agent")
                .query((row, number) -> row.getLong(1))
                .single();
    }
}
