package io.lightvessel.fleet;

import io.lightvessel.wire.flow.Count;
import io.lightvessel.wire.flow.DestinationFlow;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.flow.PipelineLedger;
import io.lightvessel.wire.flow.SourceFlow;

/** Flow reports of a gateway that got traces of one shop and sends them to one backend. */
public final class Reports {
    private static final long SECOND = 1_000_000_000L;

    private Reports() {}

    /** Everything received was delivered. */
    public static FlowReport traces(long startSecond, long second, long records) {
        return FlowReport.newBuilder()
                .setStartTimeUnixNano(startSecond * SECOND)
                .setTimeUnixNano(second * SECOND)
                .addSources(SourceFlow.newBuilder()
                        .setServiceName("shop")
                        .setReceiver("otlp")
                        .setSignal("traces")
                        .setRecords(records)
                        .setBytes(records * 100))
                .addPipelines(PipelineLedger.newBuilder()
                        .setPipeline("traces")
                        .setSignal("traces")
                        .setReceived(count(records))
                        .setDelivered(count(records)))
                .addDestinations(DestinationFlow.newBuilder()
                        .setExporter("otlp/traces")
                        .setEndpoint("tempo:4317")
                        .setSignal("traces")
                        .setRecords(records)
                        .setBytes(records * 100))
                .build();
    }

    public static Count count(long records) {
        return Count.newBuilder().setRecords(records).setBytes(records * 100).build();
    }
}
