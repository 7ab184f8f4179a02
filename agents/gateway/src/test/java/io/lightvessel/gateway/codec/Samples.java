package io.lightvessel.gateway.codec;

import com.google.protobuf.ByteString;
import io.lightvessel.gateway.testing.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;

/** Bytes to pack and unpack, the same ones for the same seed. */
final class Samples {
    private static final String[] WORDS = ("request order payment failed connection user timeout cache miss database "
                    + "query retry upstream response completed started shard index token session refresh queue worker")
            .split(" ");

    private Samples() {}

    /** An OTLP request of logs with identifiers, times and words that differ; zlib packs it four to one. */
    static byte[] logs(int records, long seed) {
        Random random = new Random(seed);
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        long time = 1_795_778_250_000_000_000L;
        for (int i = 0; i < records; i++) {
            time += random.nextInt(2_000_000);
            scope.addLogRecords(LogRecord.newBuilder()
                    .setTimeUnixNano(time)
                    .setObservedTimeUnixNano(time + random.nextInt(100_000))
                    .setSeverityNumberValue(9)
                    .setSeverityText("INFO")
                    .setBody(AnyValue.newBuilder().setStringValue(sentence(random)))
                    .addAttributes(Requests.attribute("http.request.method", random.nextInt(4) == 0 ? "POST" : "GET"))
                    .addAttributes(Requests.attribute("http.route", "/api/v1/orders/{id}/" + word(random)))
                    .addAttributes(Requests.attribute("user.id", "user-" + random.nextInt(50_000)))
                    .addAttributes(Requests.attribute("thread.name", "http-nio-8080-exec-" + random.nextInt(50)))
                    .setTraceId(id(random, 16))
                    .setSpanId(id(random, 8)));
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(Requests.resource("service.name", "orders", "k8s.pod.name", "orders-7d9f8b6c5-x2"))
                        .addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    static byte[] spans(int records, long seed) {
        Random random = new Random(seed);
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        long time = 1_795_778_250_000_000_000L;
        for (int i = 0; i < records; i++) {
            time += random.nextInt(2_000_000);
            scope.addSpans(Span.newBuilder()
                    .setTraceId(id(random, 16))
                    .setSpanId(id(random, 8))
                    .setParentSpanId(id(random, 8))
                    .setName("GET /api/v1/" + word(random))
                    .setKindValue(2)
                    .setStartTimeUnixNano(time)
                    .setEndTimeUnixNano(time + random.nextInt(100_000_000))
                    .addAttributes(Requests.attribute("url.path", "/api/v1/orders/" + random.nextInt(1_000_000)))
                    .addAttributes(Requests.attribute("server.address", "orders.shop.svc"))
                    .addAttributes(Requests.attribute("client.address", "10.4.1." + random.nextInt(256)))
                    .addAttributes(Requests.attribute("user_agent.original", "Mozilla/5.0 (X11; Linux x86_64)")));
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(Requests.resource("service.name", "orders"))
                        .addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    static byte[] text(int length, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length + 100);
        while (text.length() < length) {
            text.append(sentence(random));
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), length);
    }

    static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Bytes with periods of any length, so that matches of any distance and length occur. */
    static byte[] periodic(int length, long seed) {
        Random random = new Random(seed);
        byte[] bytes = random(length, seed);
        for (int at = 1; at < length; ) {
            int distance = 1 + random.nextInt(1 + random.nextInt(Math.min(at, 40_000)));
            int end = Math.min(length, at + random.nextInt(600));
            for (; at < end; at++) {
                bytes[at] = bytes[at - Math.min(distance, at)];
            }
            at += random.nextInt(random.nextInt(10) == 0 ? 300 : 10);
        }
        return bytes;
    }

    /** A buffer of many components with odd lengths. */
    static ByteBuf composite(byte[] bytes, int largest, long seed) {
        Random random = new Random(seed);
        CompositeByteBuf whole = Unpooled.compositeBuffer(Integer.MAX_VALUE);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(largest));
            ByteBuf part = Unpooled.wrappedBuffer(bytes, from, to - from);
            whole.addComponent(
                    true,
                    random.nextBoolean()
                            ? part
                            : Unpooled.directBuffer(to - from).writeBytes(part));
            from = to;
        }
        return whole;
    }

    /** What zlib makes of the bytes. */
    static byte[] deflate(byte[] plain, int level, int strategy, boolean raw) {
        Deflater deflater = new Deflater(level, raw);
        deflater.setStrategy(strategy);
        deflater.setInput(plain);
        deflater.finish();
        byte[] packed = new byte[plain.length + plain.length / 8 + 200];
        int length = 0;
        while (!deflater.finished()) {
            length += deflater.deflate(packed, length, packed.length - length);
        }
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    private static String sentence(Random random) {
        StringBuilder text = new StringBuilder();
        for (int n = 6 + random.nextInt(10); n > 0; n--) {
            text.append(word(random)).append(' ');
            if (random.nextInt(5) == 0) {
                text.append(random.nextInt(100_000)).append(' ');
            }
        }
        return text.toString();
    }

    private static String word(Random random) {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static ByteString id(Random random, int length) {
        byte[] id = new byte[length];
        random.nextBytes(id);
        return ByteString.copyFrom(id);
    }
}
