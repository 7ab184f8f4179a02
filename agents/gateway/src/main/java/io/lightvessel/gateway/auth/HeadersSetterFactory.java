package io.lightvessel.gateway.auth;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ClientAuthenticator;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.ExtensionContext;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes {@code headers_setter} extensions. */
public final class HeadersSetterFactory implements ExtensionFactory {

    @Override
    public String type() {
        return "headers_setter";
    }

    @Override
    public Prepared<Extension> prepare(ExtensionContext context, Settings settings, @Nullable Extension previous)
            throws ComponentFailure {
        @Nullable
        ClientAuthenticator first = settings.has("additional_auth")
                ? context.extension(ComponentId.parse(settings.string("additional_auth")), ClientAuthenticator.class)
                : null;
        List<HeadersSetter.Change> changes = new ArrayList<>();
        for (Settings header : settings.sections("headers")) {
            HeadersSetter.Action action =
                    HeadersSetter.Action.valueOf(header.string("action").toUpperCase(Locale.ROOT));
            changes.add(new HeadersSetter.Change(action, header.string("key"), value(context, header)));
        }
        return Prepared.ready(new HeadersSetter(first, changes));
    }

    private static HeadersSetter.Value value(ExtensionContext context, Settings header) throws ComponentFailure {
        if (header.has("from_context")) {
            String name = header.string("from_context");
            @Nullable String otherwise = header.optionalString("default_value").orElse(null);
            return metadata -> {
                String sent = metadata.first(name);
                return sent == null ? otherwise : sent;
            };
        }
        if (header.has("value") || header.has("value_file")) {
            Secret secret = Secret.of(header, "value", "value_file", context.timer());
            return _ -> secret.get();
        }
        return _ -> null;
    }
}
