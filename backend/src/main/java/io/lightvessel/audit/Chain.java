package io.lightvessel.audit;

import io.lightvessel.tenancy.TenantId;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Computes an entry's hash: SHA-256 over the hash before it, the tenant, and each field with its length in front, so that no two
 * entries have the same bytes. docs/access.md describes the form; whoever exports the log can check it without us.
 */
final class Chain {
    private static final String FORM = "lightvessel-audit-1";
    private static final int ABSENT = -1;

    private Chain() {}

    static AuditEntry sealed(TenantId tenant, AuditEntry entry) {
        return new AuditEntry(
                entry.number(),
                entry.at(),
                entry.actor(),
                entry.action(),
                entry.target(),
                entry.requestId(),
                entry.before(),
                entry.after(),
                entry.previousHash(),
                hash(tenant, entry));
    }

    static String hash(TenantId tenant, AuditEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(entry.previousBytes());
            text(out, FORM);
            text(out, tenant.value().toString());
            out.writeLong(entry.number());
            text(out, entry.at().toString());
            text(out, entry.actor());
            text(out, entry.action());
            text(out, entry.target());
            text(out, entry.requestId());
            text(out, entry.before());
            text(out, entry.after());
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return HexFormat.of().formatHex(sha256().digest(bytes.toByteArray()));
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
