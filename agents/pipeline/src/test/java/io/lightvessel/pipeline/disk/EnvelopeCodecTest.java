package io.lightvessel.pipeline.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.pipeline.Order;
import io.lightvessel.pipeline.PayloadForm;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvelopeCodecTest {

    /** What was written before payloads had forms: pipeline, time and a header. */
    private static byte[] former() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        byte[] pipeline = "metrics".getBytes(StandardCharsets.UTF_8);
        out.writeByte(1);
        out.writeInt(pipeline.length);
        out.write(pipeline);
        out.writeByte(2);
        out.writeInt(8);
        out.writeLong(77);
        return bytes.toByteArray();
    }

    @Test
    void anEnvelopeOfOtlpIsTheSameAsBeforeThereWereOtherForms() throws Exception {
        assertThat(EnvelopeCodec.encode(new Envelope("metrics", 3, 9, PayloadForm.OTLP, Order.NONE, 0, 77, Map.of())))
                .isEqualTo(former());
    }

    @Test
    void whatWasWrittenThenIsReadAsOtlp() throws Exception {
        assertThat(decoded(former()))
                .isEqualTo(new Envelope("metrics", 3, 9, PayloadForm.OTLP, Order.NONE, 0, 77, Map.of()));
    }

    @Test
    void formOrderAndPackingAreKept() throws Exception {
        for (PayloadForm form : PayloadForm.values()) {
            Envelope envelope =
                    new Envelope("m", 3, 9, form, Order.ofAll(7, -5, 7), 100, 77, Map.of("a", List.of("b")));
            assertThat(decoded(EnvelopeCodec.encode(envelope))).isEqualTo(envelope);
        }
    }

    private static Envelope decoded(byte[] bytes) throws Exception {
        return EnvelopeCodec.decode(ByteBuffer.wrap(bytes), new RecordHeader(1, bytes.length, 0, 0, 0, 9, 3));
    }
}
