package io.lightvessel.stack;

import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.tenancy.QuotaUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class RevisionUse implements QuotaUse {
    private final JdbcClient jdbc;

    RevisionUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public QuotaKind kind() {
        return QuotaKind.REVISIONS;
    }

    @Override
    public long count() {
        return jdbc.sql("select count(*) from stack_revision")
                .query((row, number) -> row.getLong(1))
                .single();
    }
}
