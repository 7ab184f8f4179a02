package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.choice;
import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.required;
import static io.lightvessel.config.schema.Keys.section;
import static io.lightvessel.config.schema.Keys.textMap;
import static io.lightvessel.config.schema.Keys.url;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.List;
import java.util.Set;

/** The keys of the pyroscope exporter. */
final class Pyroscope {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXPORTER,
            "pyroscope",
            Stability.BETA,
            Set.of(Signal.PROFILES),
            "Sends profiles to Pyroscope's push API.",
            keys(
                    required(url("endpoint", "Base URL, such as http://pyroscope:4040; the API's path is appended.")),
                    section("tls", SharedKeys.CLIENT_TLS, "TLS towards the backend."),
                    SharedKeys.HEADERS,
                    SharedKeys.CLIENT_AUTH,
                    choice(
                            "compression",
                            List.of("none", "gzip"),
                            "none",
                            "How requests are compressed; the profiles in them are gzipped anyway."),
                    textMap("external_labels", "Labels that every profile gets, instead of its own of that name."),
                    SharedKeys.timeout("10s"),
                    SharedKeys.SENDING_QUEUE,
                    SharedKeys.RETRY_ON_FAILURE),
            Pyroscope::check);

    private Pyroscope() {}

    private static void check(Settings settings, RuleReport report) {
        ExporterRules.check(settings, report);
        if (settings.has("endpoint")
                && settings.isKnown("endpoint")
                && settings.string("endpoint").indexOf('?') >= 0) {
            report.error("endpoint", "a URL with a query (expected: a base URL, to which the API's path is appended)");
        }
    }
}
