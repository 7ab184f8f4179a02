package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.flag;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.Signal;
import io.lightvessel.config.Stability;
import java.util.Set;

/** The keys of the zipkin receiver. */
final class Zipkin {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.RECEIVER,
            "zipkin",
            Stability.BETA,
            Set.of(Signal.TRACES),
            "Receives Zipkin's spans, version 2, as JSON or protobuf on /api/v2/spans.",
            ServerKeys.http(
                    "localhost:9411",
                    flag("parse_string_tags", false, "Make numbers and truth values of tags that look like them.")),
            (settings, report) -> ServerKeys.check(settings, "", report));

    private Zipkin() {}
}
