package io.lightvessel.pipeline.disk;

import io.lightvessel.pipeline.Order;
import io.lightvessel.pipeline.PayloadForm;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An envelope as bytes: fields of one byte of tag, four of length, and a value. Readers pass over tags they do not know,
 * so that fields can be added.
 */
final class EnvelopeCodec {

    private static final int PIPELINE = 1;
    private static final int TIME = 2;
    private static final int HEADER = 3;
    private static final int FORM = 4;
    private static final int ORDER = 5;
    private static final int PACKED_FROM = 6;
    /** Forms by numbers that stay; records from before there were others have none and are OTLP. */
    private static final List<PayloadForm> FORMS = List.of(PayloadForm.OTLP, PayloadForm.SERIES, PayloadForm.PPROF);

    private EnvelopeCodec() {}

    static byte[] encode(Envelope envelope) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            byte[] pipeline = envelope.pipeline().getBytes(StandardCharsets.UTF_8);
            out.writeByte(PIPELINE);
            out.writeInt(pipeline.length);
            out.write(pipeline);
            out.writeByte(TIME);
            out.writeInt(Long.BYTES);
            out.writeLong(envelope.time());
            if (envelope.form() != PayloadForm.OTLP) {
                out.writeByte(FORM);
                out.writeInt(1);
                out.writeByte(FORMS.indexOf(envelope.form()));
            }
            long[] sequences = envelope.order().sequences();
            if (sequences.length > 0) {
                out.writeByte(ORDER);
                out.writeInt(Long.BYTES * sequences.length);
                for (long sequence : sequences) {
                    out.writeLong(sequence);
                }
            }
            if (envelope.packedFrom() != 0) {
                out.writeByte(PACKED_FROM);
                out.writeInt(Integer.BYTES);
                out.writeInt(envelope.packedFrom());
            }
            for (Map.Entry<String, List<String>> header : envelope.headers().entrySet()) {
                byte[] value = header(header);
                out.writeByte(HEADER);
                out.writeInt(value.length);
                out.write(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] header(Map.Entry<String, List<String>> header) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writeText(out, header.getKey());
            out.writeInt(header.getValue().size());
            for (String value : header.getValue()) {
                writeText(out, value);
            }
        }
        return bytes.toByteArray();
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** @throws IOException when the bytes are no envelope, which a matching checksum rules out */
    static Envelope decode(ByteBuffer in, RecordHeader record) throws IOException {
        String pipeline = "";
        long time = 0;
        PayloadForm form = PayloadForm.OTLP;
        Order order = Order.NONE;
        int packedFrom = 0;
        Map<String, List<String>> headers = new LinkedHashMap<>();
        try {
            while (in.hasRemaining()) {
                int tag = in.get();
                ByteBuffer value = slice(in, in.getInt());
                switch (tag) {
                    case PIPELINE ->
                        pipeline = StandardCharsets.UTF_8.decode(value).toString();
                    case TIME -> time = value.getLong();
                    case FORM -> form = form(value.get());
                    case ORDER -> order = order(value);
                    case PACKED_FROM -> packedFrom = value.getInt();
                    case HEADER -> readHeader(value, headers);
                    default -> {
                        // Written by a later version.
                    }
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IOException("an envelope that ends in the middle of a field", e);
        }
        return new Envelope(pipeline, record.records(), record.receivedBytes(), form, order, packedFrom, time, headers);
    }

    private static Order order(ByteBuffer value) {
        long[] sequences = new long[value.remaining() / Long.BYTES];
        value.asLongBuffer().get(sequences);
        return Order.ofAll(sequences);
    }

    private static PayloadForm form(int number) throws IOException {
        if (number < 0 || number >= FORMS.size()) {
            throw new IOException("a payload of form " + number + " (expected: 0 to " + (FORMS.size() - 1) + ")");
        }
        return FORMS.get(number);
    }

    private static void readHeader(ByteBuffer in, Map<String, List<String>> headers) {
        String name = readText(in);
        int count = in.getInt();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(readText(in));
        }
        headers.put(name, values);
    }

    private static String readText(ByteBuffer in) {
        return StandardCharsets.UTF_8.decode(slice(in, in.getInt())).toString();
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }
}
