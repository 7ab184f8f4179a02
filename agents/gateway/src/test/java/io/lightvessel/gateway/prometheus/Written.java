package io.lightvessel.gateway.prometheus;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.util.ArrayList;
import java.util.List;

/** Reads a WriteRequest back as lines like {@code name{a="b"} value@millis}, and checks what the protocol demands. */
final class Written {
    private Written() {}

    static List<String> lines(byte[] packed) throws InvalidProtocolBufferException {
        ByteBuf plain = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(packed), plain);
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes);
        List<String> lines = new ArrayList<>();
        for (ByteString series : UnknownFieldSet.parseFrom(bytes).getField(1).getLengthDelimitedList()) {
            lines.add(line(UnknownFieldSet.parseFrom(series)));
        }
        return lines;
    }

    private static UnknownFieldSet request(byte[] packed) throws InvalidProtocolBufferException {
        ByteBuf plain = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(packed), plain);
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes);
        return UnknownFieldSet.parseFrom(bytes);
    }

    /** Numbers of the fields that a request has. */
    static List<Integer> fields(byte[] packed) throws InvalidProtocolBufferException {
        return List.copyOf(request(packed).asMap().keySet());
    }

    /** Of each sample, the numbers of its fields. */
    static List<String> sampleFields(byte[] packed) throws InvalidProtocolBufferException {
        List<String> fields = new ArrayList<>();
        for (ByteString series : request(packed).getField(1).getLengthDelimitedList()) {
            for (ByteString sample :
                    UnknownFieldSet.parseFrom(series).getField(2).getLengthDelimitedList()) {
                fields.add(UnknownFieldSet.parseFrom(sample).asMap().keySet().toString());
            }
        }
        return fields;
    }

    static List<String> labelNames(byte[] packed) throws InvalidProtocolBufferException {
        List<String> names = new ArrayList<>();
        for (ByteString series : request(packed).getField(1).getLengthDelimitedList()) {
            for (ByteString label :
                    UnknownFieldSet.parseFrom(series).getField(1).getLengthDelimitedList()) {
                names.add(text(UnknownFieldSet.parseFrom(label), 1));
            }
        }
        return names;
    }

    /** Metadata as lines: name, number of the type, help, unit. */
    static List<String> metadata(byte[] packed) throws InvalidProtocolBufferException {
        ByteBuf plain = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(packed), plain);
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes);
        List<String> lines = new ArrayList<>();
        for (ByteString metadata : UnknownFieldSet.parseFrom(bytes).getField(3).getLengthDelimitedList()) {
            UnknownFieldSet fields = UnknownFieldSet.parseFrom(metadata);
            lines.add(text(fields, 2) + " " + fields.getField(1).getVarintList().getFirst() + " " + text(fields, 4)
                    + " " + text(fields, 5));
        }
        return lines;
    }

    private static String text(UnknownFieldSet fields, int field) {
        List<ByteString> values = fields.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? "" : values.getFirst().toStringUtf8();
    }

    private static String line(UnknownFieldSet series) throws InvalidProtocolBufferException {
        StringBuilder labels = new StringBuilder();
        String name = "";
        String previous = "";
        for (ByteString bytes : series.getField(1).getLengthDelimitedList()) {
            UnknownFieldSet label = UnknownFieldSet.parseFrom(bytes);
            String key = label.getField(1).getLengthDelimitedList().getFirst().toStringUtf8();
            String value = label.getField(2).getLengthDelimitedList().getFirst().toStringUtf8();
            if (key.compareTo(previous) <= 0 || key.isEmpty() || value.isEmpty()) {
                throw new AssertionError("labels not sorted, unique and non-empty: " + previous + ", " + key);
            }
            previous = key;
            if (key.equals("__name__")) {
                name = value;
            } else {
                labels.append(labels.isEmpty() ? "" : ",")
                        .append(key)
                        .append("=\"")
                        .append(value)
                        .append('"');
            }
        }
        StringBuilder line = new StringBuilder(name + "{" + labels + "}");
        for (ByteString bytes : series.getField(2).getLengthDelimitedList()) {
            UnknownFieldSet sample = UnknownFieldSet.parseFrom(bytes);
            long bits = sample.getField(1).getFixed64List().getFirst();
            String value = bits == PointReader.STALE ? "stale" : String.valueOf(Double.longBitsToDouble(bits));
            line.append(' ')
                    .append(value)
                    .append('@')
                    .append(sample.getField(2).getVarintList().getFirst());
        }
        for (ByteString bytes : series.getField(4).getLengthDelimitedList()) {
            line.append(" histogram")
                    .append(UnknownFieldSet.parseFrom(bytes).asMap().keySet());
        }
        return line.toString();
    }
}
