package io.lightvessel.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceBooksTest {

    private static final ComponentId OTLP = ComponentId.of("otlp");

    private final SourceBooks books = new SourceBooks();

    @Test
    void eachResourceOfARequestIsASourceOfItsOwn() {
        ScopeLogs oneLog =
                ScopeLogs.newBuilder().addLogRecords(LogRecord.newBuilder()).build();
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(Fixtures.attribute("host.name", "a"))
                                .addAttributes(Fixtures.attribute("service.name", "shop"))
                                .addAttributes(Fixtures.attribute("service.namespace", "demo")))
                        .addScopeLogs(oneLog)
                        .addScopeLogs(oneLog))
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(oneLog))
                .build();
        for (int i = 0; i < 3; i++) {
            Payload payload = Fixtures.payload(Signal.LOGS, request);
            books.count(OTLP, payload);
            payload.release();
        }
        assertThat(books.snapshot())
                .extracting(
                        FlowSnapshot.Source::serviceName,
                        FlowSnapshot.Source::serviceNamespace,
                        source -> source.amount().records())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("shop", "demo", 6L),
                        org.assertj.core.groups.Tuple.tuple("", "", 3L));
        assertThat(books.snapshot().stream()
                        .mapToLong(source -> source.amount().bytes())
                        .sum())
                .isEqualTo(3L * request.getSerializedSize());
    }

    @Test
    void aPodsLogsAreItsContainers() {
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addAttributes(Fixtures.attribute("k8s.namespace.name", "shop"))
                                .addAttributes(Fixtures.attribute("k8s.pod.name", "orders-7d9f"))
                                .addAttributes(Fixtures.attribute("k8s.container.name", "orders")))
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(LogRecord.newBuilder())))
                .build();
        Payload payload = Fixtures.payload(Signal.LOGS, request);
        books.count(ComponentId.of("filelog"), payload);
        payload.release();
        assertThat(books.snapshot())
                .extracting(FlowSnapshot.Source::serviceName, FlowSnapshot.Source::serviceNamespace)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("orders", "shop"));
    }

    @Test
    void namesBeyondTheLimitAreCountedTogether() {
        for (int i = 0; i < SourceBooks.MAX_SOURCES + 50; i++) {
            Payload payload = Fixtures.logs("service-" + i, 2);
            books.count(OTLP, payload);
            payload.release();
        }
        List<FlowSnapshot.Source> sources = books.snapshot();
        assertThat(sources).hasSize(SourceBooks.MAX_SOURCES + 1);
        assertThat(sources)
                .filteredOn(source -> source.serviceName().equals("(other)"))
                .singleElement()
                .satisfies(other -> assertThat(other.amount().records()).isEqualTo(100));
    }
}
