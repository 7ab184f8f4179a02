package io.lightvessel.pipeline.series;

import com.google.protobuf.CodedOutputStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A request of series for tests, written with protobuf's own library. */
public final class SeriesRequest {

    private final List<String> symbols = new ArrayList<>(List.of(""));
    private final List<byte[]> series = new ArrayList<>();

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private int symbol(String text) {
        int known = symbols.indexOf(text);
        if (known >= 0) {
            return known;
        }
        symbols.add(text);
        return symbols.size() - 1;
    }

    /** @param labels names and values in turn, sorted by name */
    public SeriesRequest sample(int type, long time, double value, String... labels) {
        return samples(type, List.of(time), value, labels);
    }

    public SeriesRequest samples(int type, List<Long> times, double value, String... labels) {
        series.add(message(out -> {
            labels(out, labels);
            for (long time : times) {
                out.writeByteArray(2, message(sample -> {
                    sample.writeDouble(1, value);
                    sample.writeInt64(2, time);
                }));
            }
            out.writeByteArray(5, message(metadata -> metadata.writeEnum(1, type)));
        }));
        return this;
    }

    public SeriesRequest histogram(long time, String... labels) {
        series.add(message(out -> {
            labels(out, labels);
            out.writeByteArray(3, message(histogram -> histogram.writeInt64(15, time)));
            out.writeByteArray(5, message(metadata -> metadata.writeEnum(1, SeriesReader.HISTOGRAM)));
        }));
        return this;
    }

    /** A series whose message is given. */
    public SeriesRequest raw(byte... message) {
        series.add(message);
        return this;
    }

    private void labels(CodedOutputStream out, String... labels) throws IOException {
        out.writeByteArray(1, message(references -> {
            for (String label : labels) {
                references.writeUInt32NoTag(symbol(label));
            }
        }));
    }

    public ByteBuf bytes() {
        return Unpooled.directBuffer().writeBytes(message(out -> {
            for (String symbol : symbols) {
                out.writeString(4, symbol);
            }
            for (byte[] one : series) {
                out.writeByteArray(5, one);
            }
        }));
    }
}
