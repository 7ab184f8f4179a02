package io.lightvessel.access;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.secrets.SealedBytes;
import io.lightvessel.tenancy.TenantScope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remembers requests by the key their sender gave them, for the tenant and token in scope, so that one that is sent again is not
 * executed again. Each step is a transaction of its own: others must see that a request is under way.
 */
@Component
@Transactional
public class IdempotentRequests {
    /** How long an answer is given again. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** After which a request without an answer is taken to have died with its control plane. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Keys a tenant may have at a time. */
    static final int MOST = 10_000;

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final SealedBytes seals;
    private final Clock clock;

    IdempotentRequests(JdbcClient jdbc, JsonMapper json, SealedBytes seals, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.seals = seals;
        this.clock = clock;
    }

    private record Row(
            byte[] fingerprint,
            Instant startedAt,
            @Nullable Integer status,
            @Nullable String headers,
            byte @Nullable [] answer) {}

    /**
     * Begins a request, or finds the answer it had.
     *
     * @param fingerprint what the request says; the same key with another is refused
     */
    public IdempotentRequest begin(byte[] key, byte[] fingerprint) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql("delete from access_idempotent_request where started_at < ?")
                .param(Timestamp.from(now.minus(KEPT)))
                .update();
        if (insert(key, fingerprint, now)) {
            requireRoom();
            return new IdempotentRequest.Fresh(now);
        }
        Row row = jdbc.sql("select * from access_idempotent_request where caller = ? and key_hash = ? for update")
                .params(caller(), key)
                .query(IdempotentRequests::row)
                .optional()
                // It ended without an answer worth keeping, just now.
                .orElseThrow(IdempotentRequests::underWay);
        if (!Arrays.equals(row.fingerprint(), fingerprint)) {
            throw new LightvesselException(
                    AccessError.IDEMPOTENCY_KEY_REUSED,
                    "Idempotency-Key: used at %s for another request (expected: the same request, or a new key)."
                            .formatted(row.startedAt()));
        }
        if (row.status() != null && row.answer() != null && row.headers() != null) {
            return answered(key, row, row.status(), row.headers(), row.answer());
        }
        if (row.startedAt().isAfter(now.minus(PATIENCE))) {
            throw underWay();
        }
        jdbc.sql("update access_idempotent_request set started_at = ? where caller = ? and key_hash = ?")
                .params(Timestamp.from(now), caller(), key)
                .update();
        return new IdempotentRequest.Fresh(now);
    }

    /** Keeps the answer, unless somebody else has taken the request over meanwhile. */
    public void answer(byte[] key, Instant startedAt, IdempotentRequest.Answered answer) {
        jdbc.sql("""
                        update access_idempotent_request set status = ?, headers = ?::jsonb, answer = ?
                        where caller = ? and key_hash = ? and started_at = ?""")
                .params(
                        answer.status(),
                        json.writeValueAsString(answer.headers()),
                        seals.seal(name(key), answer.body()),
                        caller(),
                        key,
                        Timestamp.from(startedAt))
                .update();
    }

    /** Forgets a request whose answer is not to be given again, so that it may be tried anew. */
    public void forget(byte[] key, Instant startedAt) {
        jdbc.sql("delete from access_idempotent_request where caller = ? and key_hash = ? and started_at = ?")
                .params(caller(), key, Timestamp.from(startedAt))
                .update();
    }

    /** Forgets what is too old, of all tenants; how many there were. */
    public long forgetOld() {
        return jdbc.sql("select access_forget_idempotent_requests(?)")
                .param(Timestamp.from(clock.instant().minus(KEPT)))
                .query(Long.class)
                .single();
    }

    private IdempotentRequest.Answered answered(byte[] key, Row row, int status, String headers, byte[] answer) {
        byte[] body = seals.open(name(key), answer)
                .orElseThrow(() -> new LightvesselException(
                        AccessError.IDEMPOTENT_ANSWER_LOST,
                        "The request of %s was executed with status %d; its answer was sealed with a key that was given up since."
                                .formatted(row.startedAt(), status)));
        return new IdempotentRequest.Answered(status, json.readValue(headers, HEADERS), body);
    }

    private boolean insert(byte[] key, byte[] fingerprint, Instant now) {
        return jdbc.sql("""
                        insert into access_idempotent_request (tenant_id, caller, key_hash, fingerprint, started_at)
                        values (?, ?, ?, ?, ?) on conflict do nothing""")
                        .params(TenantScope.tenant().value(), caller(), key, fingerprint, Timestamp.from(now))
                        .update()
                == 1;
    }

    private void requireRoom() {
        int count = jdbc.sql("select count(*) from access_idempotent_request")
                .query(Integer.class)
                .single();
        if (count > MOST) {
            throw new LightvesselException(
                    AccessError.TOO_MANY_IDEMPOTENCY_KEYS,
                    "Idempotency-Key: %d were used in the last %d hours (expected: at most that many for a tenant). Send requests"
                                    .formatted(MOST, KEPT.toHours())
                            + " that may be repeated without one.");
        }
    }

    private String name(byte[] key) {
        return "answer/%s/%s/%s"
                .formatted(
                        TenantScope.tenant().value(), caller(), HexFormat.of().formatHex(key));
    }

    private static String caller() {
        return TenantScope.actor().name();
    }

    private static LightvesselException underWay() {
        return new LightvesselException(
                AccessError.IDEMPOTENT_REQUEST_UNDER_WAY,
                "Idempotency-Key: the request it was sent with first is under way. Come again in a moment for its answer.");
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                row.getBytes("fingerprint"),
                row.getTimestamp("started_at").toInstant(),
                row.getObject("status", Integer.class),
                row.getString("headers"),
                row.getBytes("answer"));
    }
}
