package io.lightvessel.gateway.file;

import io.lightvessel.gateway.otlp.json.OtlpJsonWriter;
import io.lightvessel.pipeline.Delivery;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.Exporter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Timer;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Appends each request to a file: as one line of OTLP JSON, or as protobuf behind its length in four bytes, most
 * significant first. What is delivered is in the operating system's hands and survives the end of the process.
 */
final class FileExporter implements Exporter {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final OutputFile file;
    private final boolean json;
    private final Timer timer;

    FileExporter(OutputFile file, boolean json, Timer timer) {
        this.file = file;
        this.json = json;
        this.timer = timer;
    }

    OutputFile file() {
        return file;
    }

    @Override
    public void export(Payload payload, Delivery delivery) {
        Refusal refusal = null;
        try {
            file.append(json ? json(payload) : protobuf(payload), timer.now());
        } catch (MalformedPayload e) {
            refusal = Refusal.permanent(
                    DropReason.NOT_CONVERTIBLE, file.path() + ": not to be written as JSON: " + e.getMessage());
        } catch (IOException e) {
            refusal = Refusal.retryable(DropReason.PERMANENT_FAILURE, file.path() + ": " + e.getMessage(), RETRY_AFTER);
        } finally {
            payload.release();
        }
        if (refusal == null) {
            delivery.delivered();
        } else {
            delivery.failed(refusal);
        }
    }

    private static ByteBuffer json(Payload payload) throws MalformedPayload {
        ProtoWriter out = new ProtoWriter(Math.max(256, payload.size() * 2));
        OtlpJsonWriter.write(payload.signal(), payload.bytes(), out);
        out.raw((byte) '\n');
        return ByteBuffer.wrap(out.array(), 0, out.size());
    }

    private static ByteBuffer protobuf(Payload payload) {
        ByteBuffer record = ByteBuffer.allocate(Integer.BYTES + payload.size());
        record.putInt(payload.size());
        payload.bytes().getBytes(payload.bytes().readerIndex(), record);
        return record.flip();
    }

    @Override
    public String endpoint() {
        return file.path().toString();
    }

    @Override
    public void stop(Duration grace) {
        file.release();
    }
}
