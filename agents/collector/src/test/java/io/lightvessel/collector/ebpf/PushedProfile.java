package io.lightvessel.collector.ebpf;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * One series of a push request, read with protobuf's own library by field numbers.
 *
 * @param stacks functions leaf first with semicolons between them, a blank, the value
 */
public record PushedProfile(
        Map<String, String> labels,
        String type,
        long startSeconds,
        long durationSeconds,
        List<String> mappings,
        List<String> stacks) {

    /** The fields of a message, those of a number in their order; numbers as they are, the rest as bytes. */
    private static final class Fields {
        private final Map<Integer, List<Object>> fields = new HashMap<>();

        static Fields of(byte[] message) {
            Fields all = new Fields();
            CodedInputStream in = CodedInputStream.newInstance(message);
            try {
                for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                    Object value = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT
                            ? (Object) in.readUInt64()
                            : in.readByteArray();
                    all.fields
                            .computeIfAbsent(WireFormat.getTagFieldNumber(tag), field -> new ArrayList<>())
                            .add(value);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return all;
        }

        List<Fields> messages(int field) {
            return fields.getOrDefault(field, List.of()).stream()
                    .map(bytes -> of((byte[]) bytes))
                    .toList();
        }

        long number(int field) {
            return fields.containsKey(field) ? (long) fields.get(field).getFirst() : 0;
        }

        byte[] bytes(int field) {
            return (byte[]) fields.get(field).getFirst();
        }

        String text(int field) {
            return new String(bytes(field), StandardCharsets.UTF_8);
        }
    }

    public static List<PushedProfile> of(ByteBuf request) {
        return Fields.of(ByteBufUtil.getBytes(request)).messages(1).stream()
                .map(PushedProfile::series)
                .toList();
    }

    private static PushedProfile series(Fields series) {
        Map<String, String> labels = new TreeMap<>();
        series.messages(1).forEach(pair -> labels.put(pair.text(1), pair.text(2)));
        byte[] packed = series.messages(2).getFirst().bytes(1);
        try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return profile(labels, Fields.of(plain.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PushedProfile profile(Map<String, String> labels, Fields profile) throws IOException {
        List<String> strings = profile.fields.get(6).stream()
                .map(bytes -> new String((byte[]) bytes, StandardCharsets.UTF_8))
                .toList();
        Map<Long, String> functions = new HashMap<>();
        profile.messages(5).forEach(entry -> functions.put(entry.number(1), strings.get((int) entry.number(2))));
        Map<Long, String> locations = new HashMap<>();
        for (Fields entry : profile.messages(4)) {
            locations.put(
                    entry.number(1), functions.get(entry.messages(4).getFirst().number(1)));
        }
        List<String> stacks = new ArrayList<>();
        for (Fields sample : profile.messages(2)) {
            List<String> frames = new ArrayList<>();
            CodedInputStream ids = CodedInputStream.newInstance(sample.bytes(1));
            while (!ids.isAtEnd()) {
                frames.add(locations.get(ids.readUInt64()));
            }
            stacks.add(String.join(";", frames) + " " + sample.number(2));
        }
        Fields type = profile.messages(1).getFirst();
        return new PushedProfile(
                labels,
                strings.get((int) type.number(1)) + " " + strings.get((int) type.number(2)) + " " + profile.number(12),
                profile.number(9) / 1_000_000_000,
                profile.number(10) / 1_000_000_000,
                profile.messages(3).stream()
                        .map(entry -> strings.get((int) entry.number(5)) + " " + strings.get((int) entry.number(6)))
                        .toList(),
                stacks);
    }
}
