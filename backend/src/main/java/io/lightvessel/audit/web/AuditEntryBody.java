package io.lightvessel.audit.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.lightvessel.audit.AuditEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An entry on the wire; {@code before} and {@code after} are objects whose form depends on the action. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditEntryBody(
        long number,
        Instant at,
        String actor,
        String action,
        String target,
        String requestId,
        @JsonRawValue @Nullable Object before,
        @JsonRawValue @Nullable Object after,
        String previousHash,
        String hash) {

    static AuditEntryBody of(AuditEntry entry) {
        return new AuditEntryBody(
                entry.number(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.target(),
                entry.requestId(),
                entry.before(),
                entry.after(),
                entry.previousHash(),
                entry.hash());
    }
}
