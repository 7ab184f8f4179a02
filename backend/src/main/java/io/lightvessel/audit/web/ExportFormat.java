package io.lightvessel.audit.web;

import io.lightvessel.audit.AuditError;
import io.lightvessel.platform.LightvesselException;
import java.util.Locale;

/** What an export looks like. */
enum ExportFormat {
    NDJSON("application/x-ndjson"),
    CSV("text/csv");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    static ExportFormat of(String text) {
        for (ExportFormat format : values()) {
            if (format.extension().equals(text)) {
                return format;
            }
        }
        throw new LightvesselException(
                AuditError.AUDIT_FORMAT_UNKNOWN, "format: %s (expected: ndjson or csv)".formatted(text));
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return name().toLowerCase(Locale.ROOT);
    }
}
