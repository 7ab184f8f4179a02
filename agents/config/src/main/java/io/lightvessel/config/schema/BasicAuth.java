package io.lightvessel.config.schema;

import static io.lightvessel.config.schema.Keys.keys;
import static io.lightvessel.config.schema.Keys.optionalSection;
import static io.lightvessel.config.schema.Keys.secret;
import static io.lightvessel.config.schema.Keys.text;

import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.ComponentSchema;
import io.lightvessel.config.ExtensionCapability;
import io.lightvessel.config.RuleReport;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Stability;
import java.util.Set;

/** The keys of the basicauth extension. */
final class BasicAuth {

    static final ComponentSchema SCHEMA = new ComponentSchema(
            ComponentKind.EXTENSION,
            "basicauth",
            Stability.BETA,
            Set.of(),
            "HTTP Basic authentication, of clients of a receiver by htpasswd, or towards a backend by client_auth.",
            keys(
                    optionalSection(
                            "htpasswd",
                            keys(
                                    text("file", "A file of name:hash lines; hashes are bcrypt, {SHA} or plain text."),
                                    secret(text("inline", "The same lines, in the config; they win over the file's."))),
                            "Who may send to a receiver."),
                    optionalSection(
                            "client_auth",
                            keys(
                                    text("username", "The name to send; the part before the colon."),
                                    text("username_file", "A file that holds the name; read again when it changes."),
                                    secret(text("password", "The password to send.")),
                                    text(
                                            "password_file",
                                            "A file that holds the password; read again when it changes.")),
                            "What an exporter sends.")),
            BasicAuth::check,
            Set.of(ExtensionCapability.SERVER_AUTH, ExtensionCapability.CLIENT_AUTH));

    private BasicAuth() {}

    private static void check(Settings settings, RuleReport report) {
        if (settings.has("htpasswd") == settings.has("client_auth")) {
            report.error(
                    "",
                    (settings.has("htpasswd") ? "both htpasswd and client_auth" : "neither htpasswd nor client_auth")
                            + " (expected: one of them)");
            return;
        }
        if (settings.has("htpasswd")) {
            Settings htpasswd = settings.section("htpasswd");
            if (!htpasswd.has("file") && !htpasswd.has("inline")) {
                report.error("htpasswd", "nobody may send (expected: file, inline or both)");
            }
            return;
        }
        Settings client = settings.section("client_auth");
        one(client, report, "username", "username_file");
        one(client, report, "password", "password_file");
    }

    private static void one(Settings client, RuleReport report, String value, String file) {
        if (client.has(value) == client.has(file)) {
            report.error(
                    "client_auth",
                    (client.has(value) ? "both " + value + " and " + file : "neither " + value + " nor " + file)
                            + " (expected: one of them)");
        }
    }
}
