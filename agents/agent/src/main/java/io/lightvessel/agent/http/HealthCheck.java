package io.lightvessel.agent.http;

import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.Prepared;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Answers health where the config says; its listener is handed on when only the answers change. */
final class HealthCheck implements Extension {

    /**
     * What is answered where.
     *
     * @param healthy the body while all is well; null for the whole tree
     * @param unhealthy the body otherwise; null for the whole tree
     */
    record Answers(
            String path, @Nullable String healthy, @Nullable String unhealthy, HealthPage page)
            implements Endpoint.Page {

        @Override
        public Endpoint.Answer answer(String asked) throws IOException {
            if (!asked.equals(path)) {
                return new Endpoint.Answer(404, "text/plain", "no such path: " + asked + " (expected: " + path + ")\n");
            }
            Endpoint.Answer whole = page.answer("/");
            String body = whole.status() == 200 ? healthy : unhealthy;
            return body == null ? whole : new Endpoint.Answer(whole.status(), "text/plain", body);
        }
    }

    /** The page behind a listener, which changes with the config. */
    static final class Switch implements Endpoint.Page {
        private volatile Answers answers;

        Switch(Answers answers) {
            this.answers = answers;
        }

        @Override
        public Endpoint.Answer answer(String path) throws IOException {
            return answers.answer(path);
        }
    }

    /** A listener and what it shows. */
    record Server(Endpoint endpoint, Switch page) {}

    private final ListenAddress address;
    private final @Nullable Server server;
    private final Answers answers;
    private final AtomicBoolean handedOn = new AtomicBoolean();

    /** @param server null when the process itself answers at that address */
    HealthCheck(ListenAddress address, @Nullable Server server, Answers answers) {
        this.address = address;
        this.server = server;
        this.answers = answers;
    }

    boolean canServe(ListenAddress wanted) {
        return server != null && address.equals(wanted);
    }

    /** One that shows other answers on the same listener. */
    Prepared<Extension> successor(Answers changed) {
        HealthCheck successor = new HealthCheck(address, server, changed);
        return new Prepared<>() {
            @Override
            public Extension component() {
                return successor;
            }

            @Override
            public void commit() {
                handedOn.set(true);
                if (server != null) {
                    server.page().answers = changed;
                }
            }

            @Override
            public void abort() {
                // Nothing was taken yet.
            }
        };
    }

    /** Where it listens; 0 when the process itself answers. */
    int port() {
        return server == null ? 0 : server.endpoint().port();
    }

    @Override
    public void stop(Duration grace) {
        if (server != null && !handedOn.get()) {
            server.endpoint().close();
        }
    }

    @Override
    public String toString() {
        return "health_check on " + address + answers.path();
    }
}
