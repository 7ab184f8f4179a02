package io.lightvessel.agent.engine;

import io.lightvessel.pipeline.FlowSnapshot;
import io.lightvessel.wire.flow.Count;
import io.lightvessel.wire.flow.DestinationFlow;
import io.lightvessel.wire.flow.EdgeFlow;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.flow.PipelineLedger;
import io.lightvessel.wire.flow.SourceFlow;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Puts the engine's counters on the wire. */
final class FlowMapper {
    private FlowMapper() {}

    static FlowReport toWire(FlowSnapshot snapshot) {
        FlowReport.Builder report = FlowReport.newBuilder()
                .setStartTimeUnixNano(nanos(snapshot.start()))
                .setTimeUnixNano(nanos(snapshot.time()));
        snapshot.sources().forEach(source -> report.addSources(toWire(source)));
        snapshot.edges().forEach(edge -> report.addEdges(toWire(edge)));
        snapshot.pipelines().forEach(ledger -> report.addPipelines(toWire(ledger)));
        snapshot.destinations().forEach(destination -> report.addDestinations(toWire(destination)));
        return report.build();
    }

    static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    private static SourceFlow toWire(FlowSnapshot.Source source) {
        return SourceFlow.newBuilder()
                .setServiceName(source.serviceName())
                .setServiceNamespace(source.serviceNamespace())
                .setReceiver(source.receiver().toString())
                .setSignal(source.signal().label())
                .setRecords(source.amount().records())
                .setBytes(source.amount().bytes())
                .build();
    }

    private static EdgeFlow toWire(FlowSnapshot.Edge edge) {
        return EdgeFlow.newBuilder()
                .setPipeline(edge.pipeline().toString())
                .setFrom(edge.from())
                .setTo(edge.to())
                .setSignal(edge.pipeline().signal().label())
                .setRecords(edge.amount().records())
                .setBytes(edge.amount().bytes())
                .build();
    }

    private static PipelineLedger toWire(FlowSnapshot.Ledger ledger) {
        PipelineLedger.Builder wire = PipelineLedger.newBuilder()
                .setPipeline(ledger.pipeline().toString())
                .setSignal(ledger.pipeline().signal().label())
                .setReceived(toWire(ledger.received()))
                .setDelivered(toWire(ledger.delivered()))
                .setQueued(toWire(ledger.queued()));
        ledger.dropped().forEach((reason, count) -> wire.putDropped(reason.label(), toWire(count)));
        return wire.build();
    }

    private static DestinationFlow toWire(FlowSnapshot.Destination destination) {
        return DestinationFlow.newBuilder()
                .setExporter(destination.exporter().toString())
                .setEndpoint(destination.endpoint())
                .setSignal(destination.signal().label())
                .setRecords(destination.acknowledged().records())
                .setBytes(destination.acknowledged().bytes())
                .setFailedRecords(destination.failedRecords())
                .setQueuedRecords(destination.queuedRecords())
                .setLastError(destination.lastError())
                .build();
    }

    private static Count toWire(io.lightvessel.pipeline.Count count) {
        return Count.newBuilder()
                .setRecords(count.records())
                .setBytes(count.bytes())
                .build();
    }
}
