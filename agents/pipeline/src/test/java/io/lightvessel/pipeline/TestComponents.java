package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import io.lightvessel.config.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;

/** Receivers that tests feed and exporters that tests read, under the types that configs can name. */
final class TestComponents {

    final Map<ComponentId, TestReceiver> receivers = new ConcurrentHashMap<>();
    final Map<ComponentId, TestExporter> exporters = new ConcurrentHashMap<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    final Set<ComponentId> broken = ConcurrentHashMap.newKeySet();
    final Map<ComponentId, BiConsumer<Payload, Delivery>> backends = new ConcurrentHashMap<>();
    final Map<ComponentId, Set<PayloadForm>> forms = new ConcurrentHashMap<>();

    ComponentFactories factories() {
        return ComponentFactories.of(
                List.of(new ReceiverType("otlp"), new ReceiverType("filelog")),
                List.of(
                        new ExporterType("otlp"),
                        new ExporterType("otlphttp"),
                        new ExporterType("debug"),
                        new ExporterType("prometheusremotewrite")));
    }

    TestReceiver receiver(String id) {
        return receivers.get(ComponentId.parse(id));
    }

    TestExporter exporter(String id) {
        return exporters.get(ComponentId.parse(id));
    }

    private record Step<C>(C component, Runnable onCommit, Runnable onAbort) implements Prepared<C> {
        @Override
        public void commit() {
            onCommit.run();
        }

        @Override
        public void abort() {
            onAbort.run();
        }
    }

    final class TestReceiver implements Receiver {
        private final ReceiverContext context;
        final Settings settings;

        TestReceiver(ReceiverContext context, Settings settings) {
            this.context = context;
            this.settings = settings;
        }

        RecordingResult send(Payload payload) {
            RecordingResult result = new RecordingResult();
            outlet(payload.signal()).accept(payload, result);
            return result;
        }

        Outlet outlet(Signal signal) {
            return context.outlet(signal, "test");
        }

        ReceiverContext context() {
            return context;
        }

        @Override
        public Map<String, String> endpoints() {
            return Map.of("test", "127.0.0.1:1");
        }

        @Override
        public void stop(Duration grace) {
            events.add("stop receiver " + context.id());
        }
    }

    private final class ReceiverType implements ReceiverFactory {
        private final String type;

        ReceiverType(String type) {
            this.type = type;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public Prepared<Receiver> prepare(ReceiverContext context, Settings settings, Receiver previous)
                throws ComponentFailure {
            if (broken.contains(context.id())) {
                throw new ComponentFailure("cannot listen on 127.0.0.1:1: address already in use");
            }
            TestReceiver receiver = new TestReceiver(context, settings);
            events.add("prepare receiver " + context.id() + (previous == null ? "" : " after another"));
            return new Step<>(
                    receiver,
                    () -> {
                        receivers.put(context.id(), receiver);
                        events.add("commit receiver " + context.id());
                    },
                    () -> events.add("abort receiver " + context.id()));
        }
    }

    /** Keeps what it got, unless a test has put a backend behind it that answers in its own way. */
    final class TestExporter implements Exporter {
        private final ExporterContext context;
        final Settings settings;
        final ConcurrentLinkedQueue<byte[]> requests = new ConcurrentLinkedQueue<>();
        final BlockingQueue<Delivery> pending = new LinkedBlockingQueue<>();

        TestExporter(ExporterContext context, Settings settings) {
            this.context = context;
            this.settings = settings;
        }

        @Override
        public void export(Payload payload, Delivery delivery) {
            try {
                BiConsumer<Payload, Delivery> backend = backends.get(context.id());
                if (backend == null) {
                    keep(payload);
                    delivery.delivered();
                } else {
                    backend.accept(payload, delivery);
                }
            } finally {
                payload.release();
            }
        }

        @Override
        public Set<PayloadForm> forms() {
            return forms.getOrDefault(context.id(), PayloadForm.OTLP_ONLY);
        }

        void keep(Payload payload) {
            requests.add(Fixtures.copy(payload));
        }

        List<byte[]> received() {
            return new ArrayList<>(requests);
        }

        @Override
        public String endpoint() {
            return "backend:" + context.id();
        }

        @Override
        public void stop(Duration grace) {
            events.add("stop exporter " + context.id());
        }
    }

    private final class ExporterType implements ExporterFactory {
        private final String type;

        ExporterType(String type) {
            this.type = type;
        }

        @Override
        public String type() {
            return type;
        }

        @Override
        public Prepared<Exporter> prepare(ExporterContext context, Settings settings, Exporter previous)
                throws ComponentFailure {
            if (broken.contains(context.id())) {
                throw new ComponentFailure("ca.pem: no such file");
            }
            TestExporter exporter = new TestExporter(context, settings);
            events.add("prepare exporter " + context.id() + (previous == null ? "" : " after another"));
            return new Step<>(
                    exporter,
                    () -> {
                        exporters.put(context.id(), exporter);
                        events.add("commit exporter " + context.id());
                    },
                    () -> events.add("abort exporter " + context.id()));
        }
    }
}
