package io.lightvessel.audit.web;

import io.lightvessel.audit.AuditEntry;
import io.lightvessel.audit.AuditFilter;
import io.lightvessel.audit.AuditLog;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries page by page as they are read, so that an export of any size takes the memory of one page. */
@Component
class AuditExport {
    private final AuditLog log;
    private final JsonMapper json;

    AuditExport(AuditLog log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    void write(ExportFormat format, String tenant, AuditFilter filter, HttpServletResponse response)
            throws IOException {
        // The first page is read before anything is sent: whatever is wrong with the request is still a problem then.
        Page<AuditEntry> page = log.list(filter, request(null));
        response.setContentType(format.mediaType() + ";charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"audit-%s.%s\"".formatted(tenant, format.extension()));
        Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        if (format == ExportFormat.CSV) {
            out.write(Csv.HEAD);
        }
        while (true) {
            for (AuditEntry entry : page.items()) {
                out.write(
                        switch (format) {
                            case NDJSON -> json.writeValueAsString(AuditEntryBody.of(entry)) + "\n";
                            case CSV -> Csv.row(entry);
                        });
            }
            if (page.nextPageToken() == null) {
                break;
            }
            page = log.list(filter, request(page.nextPageToken()));
        }
        out.flush();
    }

    private static PageRequest request(@Nullable String token) {
        return PageRequest.parse(PageRequest.MAX_SIZE, token);
    }
}
