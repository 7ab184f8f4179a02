package io.lightvessel.agent.http;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.ExtensionContext;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.Prepared;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@code health_check} extensions: health on an address that the config chooses. */
public final class HealthCheckFactory implements ExtensionFactory {
    private static final String ENDPOINT = "endpoint";

    private final ListenAddress own;
    private final Instant started;
    private final Clock clock;

    /** @param own where the process answers health in any case; a config may name the same address */
    public HealthCheckFactory(ListenAddress own, Instant started, Clock clock) {
        this.own = own;
        this.started = started;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "health_check";
    }

    @Override
    public Prepared<Extension> prepare(ExtensionContext context, Settings settings, @Nullable Extension previous)
            throws ComponentFailure {
        ListenAddress address = ListenAddress.parse(ENDPOINT, settings.string(ENDPOINT));
        HealthCheck.Answers answers = new HealthCheck.Answers(
                settings.string("path"),
                body(settings, "healthy"),
                body(settings, "unhealthy"),
                new HealthPage(context.agentHealth(), () -> true, Map::of, started, clock));
        if (own.port() != 0 && own.port() == address.port()) {
            // The process answers there already, on every path.
            return Prepared.ready(new HealthCheck(address, null, answers));
        }
        if (previous instanceof HealthCheck running && running.canServe(address)) {
            return running.successor(answers);
        }
        try {
            HealthCheck.Switch page = new HealthCheck.Switch(answers);
            Endpoint endpoint = Endpoint.open("health", "health_check::" + ENDPOINT, address, page);
            HealthCheck opened = new HealthCheck(address, new HealthCheck.Server(endpoint, page), answers);
            return new Prepared<>() {
                @Override
                public Extension component() {
                    return opened;
                }

                @Override
                public void commit() {
                    // It answers since it was opened.
                }

                @Override
                public void abort() {
                    endpoint.close();
                }
            };
        } catch (IOException e) {
            throw new ComponentFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable String body(Settings settings, String which) {
        return settings.section("response_body").optionalString(which).orElse(null);
    }
}
