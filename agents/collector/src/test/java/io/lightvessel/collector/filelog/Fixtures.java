package io.lightvessel.collector.filelog;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.ComponentMetrics;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.HealthReporter;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.lightvessel.pipeline.Timer;
import io.netty.buffer.ByteBufUtil;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.DoubleSupplier;

/** A pipeline that keeps what it gets, and settings as the parser makes them. */
final class Fixtures {
    private Fixtures() {}

    /** @param keys lines of YAML below {@code filelog:} */
    static Settings settings(String... keys) {
        return settingsOf("filelog", keys);
    }

    static Settings settingsOf(String receiver, String... keys) {
        String yaml = "receivers:\n  " + receiver + ":\n    poll_interval: 5ms\n    " + String.join("\n    ", keys)
                + "\nexporters:\n  debug:\nservice:\n  pipelines:\n    logs:\n      receivers: [" + receiver + "]\n"
                + "      exporters: [debug]\n";
        return switch (ConfigParser.parse(yaml, Environment.of(Map.of()))) {
            case ParseOutcome.Valid valid ->
                valid.config().receivers().get(ComponentId.of(receiver)).settings();
            case ParseOutcome.Invalid invalid -> throw new IllegalArgumentException(invalid.findings() + "\n" + yaml);
        };
    }

    /** What downstream does with a payload. */
    interface Behaviour {
        void decide(Result result);
    }

    /** A context whose pipeline records everything that was accepted. */
    static class Pipeline implements ReceiverContext, Outlet {
        final List<LogRecord> accepted = new CopyOnWriteArrayList<>();
        final List<ResourceLogs> resources = new CopyOnWriteArrayList<>();
        final BlockingQueue<String> health = new LinkedBlockingQueue<>();
        final ByteBudget budget = new ByteBudget(64 << 20);
        volatile Behaviour behaviour = Result::accepted;

        List<String> bodies() {
            return accepted.stream().map(r -> r.getBody().getStringValue()).toList();
        }

        @Override
        public void accept(Payload payload, Result result) {
            ExportLogsServiceRequest request;
            try {
                request = ExportLogsServiceRequest.parseFrom(ByteBufUtil.getBytes(payload.bytes()));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            behaviour.decide(new Result() {
                @Override
                public void accepted() {
                    for (ResourceLogs logs : request.getResourceLogsList()) {
                        resources.add(logs);
                        logs.getScopeLogsList().forEach(scope -> accepted.addAll(scope.getLogRecordsList()));
                    }
                    payload.release();
                    result.accepted();
                }

                @Override
                public void refused(Refusal refusal) {
                    payload.release();
                    result.refused(refusal);
                }
            });
        }

        @Override
        public boolean isConnected() {
            return true;
        }

        @Override
        public void turnedAway(DropReason reason) {}

        @Override
        public Outlet outlet(Signal signal, String transport) {
            return this;
        }

        @Override
        public ByteBudget budget() {
            return budget;
        }

        @Override
        public ComponentId id() {
            return ComponentId.of("filelog");
        }

        @Override
        public Timer timer() {
            return new Timer() {
                @Override
                public Task schedule(Duration delay, Runnable task) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }

                @Override
                public Instant now() {
                    return Instant.now();
                }
            };
        }

        @Override
        public HealthReporter health() {
            return new HealthReporter() {
                @Override
                public void ok() {
                    health.add("ok");
                }

                @Override
                public void recoverable(String error) {
                    health.add(error);
                }

                @Override
                public void broken(String error) {
                    health.add("broken: " + error);
                }
            };
        }

        @Override
        public <T extends Extension> T extension(ComponentId id, Class<T> capability) throws ComponentFailure {
            throw new ComponentFailure("extension " + id + " is not there");
        }

        @Override
        public ComponentMetrics metrics() {
            return new ComponentMetrics() {
                @Override
                public Counter counter(String name, String help, Map<String, String> labels) {
                    return amount -> {};
                }

                @Override
                public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {}
            };
        }
    }
}
