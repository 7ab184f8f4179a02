package io.lightvessel.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.lightvessel.config.Signal;
import io.lightvessel.gateway.otlp.json.JsonTranscoder;
import io.lightvessel.gateway.otlp.json.OtlpJsonWriter;
import io.lightvessel.gateway.testing.RecordedDelivery;
import io.lightvessel.gateway.testing.Requests;
import io.lightvessel.gateway.testing.TestContext;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExporterTest {

    @TempDir
    Path directory;

    @Test
    void aLineIsARequestThatAnyOtlpReaderTakes() throws Exception {
        LogRecord record = LogRecord.newBuilder()
                .setTimeUnixNano(-1)
                .setBody(AnyValue.newBuilder().setStringValue("a \"b\"\n\u0001é😀"))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("nan")
                        .setValue(AnyValue.newBuilder().setDoubleValue(Double.NaN)))
                .addAttributes(KeyValue.newBuilder()
                        .setKey("n")
                        .setValue(AnyValue.newBuilder().setIntValue(Long.MIN_VALUE)))
                .build();
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder(Requests.logs(2, 2))
                .addResourceLogs(io.opentelemetry.proto.logs.v1.ResourceLogs.newBuilder()
                        .addScopeLogs(io.opentelemetry.proto.logs.v1.ScopeLogs.newBuilder()
                                .addLogRecords(record)))
                .build();
        Path file = directory.resolve("logs.json");
        Exporter exporter = exporter("path: '" + file + "'");
        assertThat(export(exporter, request)).isEqualTo("delivered");
        assertThat(export(exporter, request)).isEqualTo("delivered");
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            assertThat(ExportLogsServiceRequest.parseFrom(transcoded(line))).isEqualTo(request);
        }
        exporter.stop(Duration.ZERO);
    }

    @Test
    void jsonSaysWhatProtobufsOwnPrinterSays() throws Exception {
        Message request = Requests.logs(3, 2);
        ExportLogsServiceRequest.Builder parsed = ExportLogsServiceRequest.newBuilder();
        JsonFormat.parser().merge(json(request), parsed);
        assertThat(parsed.build()).isEqualTo(request);
    }

    @Test
    void elementsThatTheWireMixesAreOneListInJson() throws Exception {
        byte[] one = Requests.logs(1, 1).toByteArray();
        ProtoWriter out = new ProtoWriter(64);
        OtlpJsonWriter.write(Signal.LOGS, Unpooled.wrappedBuffer(one, new byte[] {120, 1}, one), out);
        String json = new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
        assertThat(json).startsWith("{\"resourceLogs\":[{").endsWith("}]}");
        assertThat(ExportLogsServiceRequest.parseFrom(transcoded(json)).getResourceLogsCount())
                .isEqualTo(2);
    }

    @Test
    void protobufStandsBehindItsLength() throws Exception {
        byte[] request = Requests.logs(1, 3).toByteArray();
        Path file = directory.resolve("deeper/logs.bin");
        Exporter exporter = exporter("path: '" + file + "', format: proto, create_directory: true");
        RecordedDelivery.export(exporter, Signal.LOGS, request);
        RecordedDelivery.export(exporter, Signal.LOGS, request);
        exporter.stop(Duration.ZERO);
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(file));
        for (int i = 0; i < 2; i++) {
            byte[] record = new byte[written.getInt()];
            written.get(record);
            assertThat(record).isEqualTo(request);
        }
        assertThat(written.hasRemaining()).isFalse();
    }

    @Test
    void aFullFileIsPutAsideAndTheOldestGo() throws Exception {
        Path file = directory.resolve("logs.bin");
        Exporter exporter =
                exporter("path: '" + file + "', format: proto, rotation: {max_megabytes: 1, max_backups: 2}");
        byte[] request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(io.opentelemetry.proto.logs.v1.ResourceLogs.newBuilder()
                        .addScopeLogs(io.opentelemetry.proto.logs.v1.ScopeLogs.newBuilder()
                                .addLogRecords(LogRecord.newBuilder()
                                        .setBody(AnyValue.newBuilder().setStringValue("x".repeat(400_000))))))
                .build()
                .toByteArray();
        for (int i = 0; i < 9; i++) {
            RecordedDelivery.export(exporter, Signal.LOGS, request);
        }
        exporter.stop(Duration.ZERO);
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> all = files.sorted().toList();
            assertThat(all)
                    .hasSize(3)
                    .allSatisfy(path -> assertThat(Files.size(path)).isLessThanOrEqualTo(1 << 20));
            assertThat(all.getFirst().getFileName().toString())
                    .matches("logs-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}.*\\.bin");
        }
    }

    @Test
    void twoExportersCannotShareAFileButASuccessorGoesOnWithIt() throws Exception {
        Path file = directory.resolve("logs.json");
        Exporter first = exporter("path: '" + file + "'");
        RecordedDelivery.export(first, Signal.LOGS, Requests.logs(1, 1).toByteArray());
        assertThatThrownBy(() -> exporter("path: '" + file + "'"))
                .isInstanceOf(ComponentFailure.class)
                .hasMessage("path: " + file + " is written by another exporter (expected: one for each file)");
        Prepared<Exporter> prepared = prepare("path: '" + file + "', append: true", first);
        prepared.commit();
        first.stop(Duration.ZERO);
        RecordedDelivery.export(
                prepared.component(), Signal.LOGS, Requests.logs(1, 1).toByteArray());
        prepared.component().stop(Duration.ZERO);
        assertThat(Files.readAllLines(file)).hasSize(2);
        Exporter again = exporter("path: '" + file + "'");
        assertThat(Files.size(file)).isZero();
        again.stop(Duration.ZERO);
    }

    @Test
    void aFileThatCannotBeOpenedIsAClearFailure() {
        assertThatThrownBy(() -> exporter("path: '" + directory + "/no/such/file'"))
                .isInstanceOf(ComponentFailure.class)
                .hasMessageStartingWith("path: " + directory + "/no/such/file cannot be opened: ");
    }

    @Test
    void aFullDiskIsRetriedAndLeavesNoHalfRecord() throws Exception {
        Exporter exporter = exporter("path: /dev/full");
        assertThat(export(exporter, Requests.logs(1, 1)))
                .isEqualTo("retryable after PT5S: /dev/full: No space left on device");
        exporter.stop(Duration.ZERO);
    }

    private static byte[] transcoded(String json) throws Exception {
        ProtoWriter out = new ProtoWriter(64);
        JsonTranscoder.transcode(Signal.LOGS, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), out);
        return Arrays.copyOf(out.array(), out.size());
    }

    private static String json(Message request) throws Exception {
        ProtoWriter out = new ProtoWriter(64);
        OtlpJsonWriter.write(Signal.LOGS, Unpooled.wrappedBuffer(request.toByteArray()), out);
        return new String(out.array(), 0, out.size(), StandardCharsets.UTF_8);
    }

    private static String export(Exporter exporter, Message request) throws Exception {
        return RecordedDelivery.export(exporter, Signal.LOGS, request.toByteArray());
    }

    private static Exporter exporter(String settings) throws ComponentFailure {
        Prepared<Exporter> prepared = prepare(settings, null);
        prepared.commit();
        return prepared.component();
    }

    private static Prepared<Exporter> prepare(String settings, Exporter previous) throws ComponentFailure {
        return new FileExporterFactory()
                .prepare(
                        new TestContext("file", 1 << 20),
                        TestContext.settings("exporters", "file", "file: {" + settings + "}"),
                        previous);
    }
}
