package io.lightvessel.onboarding;

import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.RefusalCode;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps who presented which token with what outcome; an agent that retries for days stays one line. */
@Component
class AttemptLog {
    static final String ACCEPTED = "accepted";
    private static final int KEPT = 200;

    private final NamedParameterJdbcTemplate jdbc;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AttemptLog(NamedParameterJdbcTemplate jdbc, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    @Transactional
    public void accepted(String token, String remoteAddress, InstanceUid uid, String agent) {
        record(token, ACCEPTED, "Enrolled as " + agent, remoteAddress, uid.toString(), agent);
    }

    // A transaction of its own: the refusal is worth keeping although nothing else came of the attempt.
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void refused(
            String token,
            RefusalCode code,
            String detail,
            String remoteAddress,
            @Nullable InstanceUid uid,
            @Nullable String agent) {
        record(
                token,
                code.code(),
                detail,
                remoteAddress,
                uid == null ? "" : uid.toString(),
                Objects.requireNonNullElse(agent, ""));
    }

    @Transactional(readOnly = true)
    public List<EnrollmentAttempt> list(String token) {
        return jdbc.query(
                "select * from onboarding_attempt where token_id = :token order by last_at desc, code, remote_address",
                Map.of("token", TokenStore.bare(token)),
                (rows, number) -> new EnrollmentAttempt(
                        rows.getString("code").equals(ACCEPTED),
                        rows.getString("code"),
                        rows.getString("detail"),
                        rows.getString("remote_address"),
                        emptyToNull(rows.getString("instance_uid")),
                        emptyToNull(rows.getString("agent")),
                        rows.getInt("count"),
                        rows.getTimestamp("first_at").toInstant(),
                        rows.getTimestamp("last_at").toInstant()));
    }

    private void record(String token, String code, String detail, String address, String uid, String agent) {
        String id = TokenStore.bare(token);
        jdbc.update(
                """
                insert into onboarding_attempt as a
                    (tenant_id, token_id, code, remote_address, instance_uid, agent, detail, count, first_at, last_at)
                values (:tenant, :token, :code, :address, :uid, :agent, :detail, 1, :now, :now)
                on conflict (tenant_id, token_id, code, remote_address, instance_uid)
                do update set count = least(a.count, 2000000000) + 1, last_at = :now, detail = :detail, agent = :agent
                """,
                Map.of(
                        "tenant", TenantScope.tenant().value(),
                        "token", id,
                        "code", code,
                        "address", address,
                        "uid", uid,
                        "agent", agent,
                        "detail", detail,
                        "now", Timestamp.from(clock.instant())));
        jdbc.update("""
                delete from onboarding_attempt where token_id = :token and (code, remote_address, instance_uid) in (
                    select code, remote_address, instance_uid from onboarding_attempt
                    where token_id = :token order by last_at desc offset :kept)
                """, Map.of("token", id, "kept", KEPT));
        events.publishEvent(new EnrollmentChanged(TenantScope.tenant(), TokenStore.PREFIX + id));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
