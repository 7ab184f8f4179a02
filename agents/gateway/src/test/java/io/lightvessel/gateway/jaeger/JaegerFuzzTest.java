package io.lightvessel.gateway.jaeger;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class JaegerFuzzTest {
    @Test
    void batchesInThrift() {
        Fuzz.run(
                "jaeger-thrift",
                5000,
                input -> {
                    JaegerConverter converter = new JaegerConverter();
                    JaegerThrift.read(Unpooled.wrappedBuffer(input), converter);
                    return records(converter, input);
                },
                CorruptData.class);
    }

    @Test
    void batchesInProtobuf() {
        Fuzz.run(
                "jaeger-proto",
                5000,
                input -> {
                    JaegerConverter converter = new JaegerConverter();
                    JaegerProto.read(Unpooled.wrappedBuffer(input), converter);
                    return records(converter, input);
                },
                CorruptData.class,
                MalformedPayload.class);
    }

    /** What comes out is an OTLP request, and not many times larger than what came in. */
    private static int records(JaegerConverter converter, byte[] input) throws MalformedPayload {
        ProtoWriter out = new ProtoWriter(64);
        converter.traces().writeTo(out);
        assertThat(out.size()).isLessThanOrEqualTo(100 * input.length + 1000);
        return Payload.walk(Signal.TRACES, Unpooled.wrappedBuffer(out.array(), 0, out.size()))
                .records();
    }
}
