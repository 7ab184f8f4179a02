package io.lightvessel.gateway.auth;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.ExtensionContext;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.Prepared;
import org.jspecify.annotations.Nullable;

/** Makes {@code basicauth} extensions. */
public final class BasicAuthFactory implements ExtensionFactory {

    @Override
    public String type() {
        return "basicauth";
    }

    @Override
    public Prepared<Extension> prepare(ExtensionContext context, Settings settings, @Nullable Extension previous)
            throws ComponentFailure {
        if (settings.has("client_auth")) {
            Settings client = settings.section("client_auth");
            return Prepared.ready(new BasicAuthClient(
                    Secret.of(client, "username", "username_file", context.timer()),
                    Secret.of(client, "password", "password_file", context.timer())));
        }
        Settings htpasswd = settings.section("htpasswd");
        @Nullable
        WatchedFile file = htpasswd.has("file")
                ? WatchedFile.open("htpasswd::file", htpasswd.string("file"), context.timer())
                : null;
        String inline = htpasswd.optionalString("inline").orElse("");
        PasswordFile passwords = PasswordFile.parse(inline, file == null ? "" : file.text());
        if (passwords.isEmpty()) {
            throw new ComponentFailure("htpasswd: no lines (expected: at least one name:hash)");
        }
        return Prepared.ready(new BasicAuthServer(inline, file, passwords, context));
    }
}
