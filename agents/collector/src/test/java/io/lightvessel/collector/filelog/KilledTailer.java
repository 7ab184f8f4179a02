package io.lightvessel.collector.filelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.Result;
import io.netty.buffer.ByteBufUtil;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32C;

/**
 * The program that is killed: a receiver whose downstream commits each payload to a file, on a thread of its own as a
 * queue on disk does, and accepts it after that.
 */
final class KilledTailer extends Fixtures.Pipeline {
    private final FileChannel committed;
    private final ExecutorService committer = Executors.newSingleThreadExecutor();

    private KilledTailer(Path file) throws IOException {
        committed = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** @param arguments pods' directory, storage, file to commit to */
    public static void main(String[] arguments) throws Exception {
        Prepared<Receiver> receiver = new FilelogReceiverFactory(Path.of(arguments[1]))
                .prepare(
                        new KilledTailer(Path.of(arguments[2])),
                        Fixtures.settings(
                                "include: [" + arguments[0] + "/*/*/*.log]",
                                "start_at: beginning",
                                "operators: [{type: container}]"),
                        null);
        receiver.commit();
        // Whoever started this ends it by closing its input, or kills it.
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        receiver.component().stop(Duration.ofSeconds(5));
        System.exit(0);
    }

    @Override
    public void accept(Payload payload, Result result) {
        committer.execute(() -> {
            try {
                commit(payload);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                payload.release();
            }
            result.accepted();
        });
    }

    private void commit(Payload payload) throws IOException {
        StringBuilder lines = new StringBuilder();
        ExportLogsServiceRequest.parseFrom(ByteBufUtil.getBytes(payload.bytes()))
                .getResourceLogsList()
                .forEach(resource -> resource.getScopeLogs(0)
                        .getLogRecordsList()
                        .forEach(record ->
                                lines.append(record.getBody().getStringValue()).append('\n')));
        byte[] bytes = lines.toString().getBytes(UTF_8);
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        ByteBuffer frame = ByteBuffer.allocate(12 + bytes.length)
                .putInt(bytes.length)
                .putLong(sum.getValue())
                .put(bytes)
                .flip();
        while (frame.hasRemaining()) {
            committed.write(frame);
        }
    }
}
