package io.lightvessel.gateway.zipkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;

class ZipkinFuzzTest {
    @Test
    void spansInJson() {
        Fuzz.run(
                "zipkin-json",
                5000,
                input -> {
                    ZipkinConverter converter = new ZipkinConverter(true);
                    ZipkinJson.read(new ByteArrayInputStream(input), converter::add);
                    return records(converter, input);
                },
                CorruptData.class);
    }

    @Test
    void spansInProtobuf() {
        Fuzz.run(
                "zipkin-proto",
                5000,
                input -> {
                    ZipkinConverter converter = new ZipkinConverter(false);
                    ZipkinProto.read(Unpooled.wrappedBuffer(input), converter::add);
                    return records(converter, input);
                },
                CorruptData.class,
                MalformedPayload.class);
    }

    /** What comes out is an OTLP request, and not many times larger than what came in. */
    private static int records(ZipkinConverter converter, byte[] input) throws MalformedPayload {
        ProtoWriter out = new ProtoWriter(64);
        converter.traces().writeTo(out);
        assertThat(out.size()).isLessThanOrEqualTo(100 * input.length + 1000);
        return Payload.walk(Signal.TRACES, Unpooled.wrappedBuffer(out.array(), 0, out.size()))
                .records();
    }
}
