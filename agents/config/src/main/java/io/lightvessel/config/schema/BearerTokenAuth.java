package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.secret;
import static io.lightvessel.config.schema.Keys.text;
import static io.lightvessel.config.schema.Keys.texts;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Stability;
import java.util.Set;
import java.util.stream.Stream;

/** The keys of the bearertokenauth extension. */
final class BearerTokenAuth {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXTENSION,
            "bearertokenauth",
            Stability.BETA,
            Set.of(),
            "A bearer token, demanded of a receiver's clients or sent to a backend.",
            keys(
                    text("header", "Authorization", "The header that carries the token."),
                    text("scheme", "Bearer", "The word before the token; empty for none."),
                    secret(text("token", "The token.")),
                    secret(texts("tokens", "Several tokens; clients may use any, exporters send the first.")),
                    text("filename", "A file with a token on each line; read again when it changes.")),
            BearerTokenAuth::check,
            Set.of(ExtensionCapability.SERVER_AUTH, ExtensionCapability.CLIENT_AUTH));

    private BearerTokenAuth() {}

    private static void check(Settings settings, RuleReport report) {
        long sources = Stream.of(settings.has("token"), !settings.isEmptyList("tokens"), settings.has("filename"))
                .filter(present -> present)
                .count();
        if (sources != 1) {
            report.error(
                    "",
                    (sources == 0 ? "no token" : "several sources of tokens")
                            + " (expected: one of token, tokens and filename)");
        }
        if (settings.isKnown("header") && settings.string("header").isBlank()) {
            report.error("header", "an empty name (expected: the name of a header, such as Authorization)");
        }
    }
}
