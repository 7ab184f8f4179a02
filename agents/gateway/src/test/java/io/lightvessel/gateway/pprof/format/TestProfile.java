package io.lightvessel.gateway.pprof.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.lightvessel.pipeline.pprof.PprofFields;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Profiles as tests write and read them: stacks are texts, root first, as in {@code main;serve;alloc}. Reads by
 * protobuf's own library and strictly, so that it does not share mistakes with what it checks.
 */
public final class TestProfile {
    public long time;
    public long duration;
    public long period;
    public String periodType = "";
    public int spareStrings;
    /** Ids begin here and are this far apart. */
    public long firstId = 1;

    public int step = 1;
    public final List<String> types = new ArrayList<>();
    /** Values by stack and labels, in order. */
    public final Map<String, long[]> samples = new LinkedHashMap<>();
    /** All that is in the tables, for what should not be there any more. */
    public final List<String> strings = new ArrayList<>();

    public int functions;
    public int locations;
    public int mappings;

    public TestProfile(String... types) {
        this.types.addAll(List.of(types));
    }

    /** @param stack frames separated by semicolons, then labels as in {@code a;b|bytes=48 bytes|user=x} */
    public TestProfile add(String stack, long... values) {
        samples.put(stack, values);
        return this;
    }

    public TestProfile at(long nanos) {
        time = nanos;
        return this;
    }

    public byte[] gzipped() {
        return gzip(bytes());
    }

    public static byte[] gzip(byte[] plain) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(plain);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gunzip(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As Go writes it: samples before their locations, strings last. */
    public byte[] bytes() {
        ProtoWriter out = new ProtoWriter(1024);
        Map<String, Long> table = new LinkedHashMap<>();
        table.put("", 0L);
        for (int i = 0; i < spareStrings; i++) {
            table.put("spare" + i, (long) table.size());
        }
        for (String type : types) {
            valueType(out, PprofFields.SAMPLE_TYPE, type, table);
        }
        Map<String, Long> ids = new LinkedHashMap<>();
        samples.forEach((stack, values) -> {
            String[] parts = stack.split("\\|");
            int sample = out.begin(PprofFields.SAMPLE);
            String[] frames = parts[0].isEmpty() ? new String[0] : parts[0].split(";");
            int packed = out.begin(SampleCursor.LOCATION);
            for (int i = frames.length - 1; i >= 0; i--) {
                out.varint(ids.computeIfAbsent(frames[i], _ -> firstId + (long) ids.size() * step));
            }
            out.end(packed);
            if (values.length == 1) {
                out.varint(SampleCursor.VALUE, values[0]);
            } else {
                int all = out.begin(SampleCursor.VALUE);
                for (long value : values) {
                    out.varint(value);
                }
                out.end(all);
            }
            for (int i = 1; i < parts.length; i++) {
                label(out, parts[i], table);
            }
            out.end(sample);
        });
        int mapping = out.begin(PprofFields.MAPPING);
        out.varint(PprofFields.ID, 1);
        out.varint(PprofFields.MAPPING_START, 0x400000);
        out.varint(PprofFields.MAPPING_LIMIT, 0x800000);
        out.varint(PprofFields.MAPPING_FILE, string("/bin/shop", table));
        out.varint(PprofFields.MAPPING_BUILD_ID, string("b-1", table));
        out.varint(PprofFields.MAPPING_HAS_FUNCTIONS, 1);
        out.end(mapping);
        ids.forEach((frame, id) -> {
            int location = out.begin(PprofFields.LOCATION);
            out.varint(PprofFields.ID, id);
            out.varint(PprofFields.LOCATION_MAPPING, 1);
            out.varint(PprofFields.LOCATION_ADDRESS, 0x400000 + (frame.hashCode() & 0xFFFF));
            int line = out.begin(PprofFields.LOCATION_LINE);
            out.varint(PprofFields.LINE_FUNCTION, id);
            out.varint(PprofFields.LINE_LINE, 7);
            out.end(line);
            out.end(location);
            int function = out.begin(PprofFields.FUNCTION);
            out.varint(PprofFields.ID, id);
            out.varint(PprofFields.FUNCTION_NAME, string(frame, table));
            out.varint(PprofFields.FUNCTION_SYSTEM_NAME, string(frame, table));
            out.varint(PprofFields.FUNCTION_FILE, string(frame + ".go", table));
            out.end(function);
        });
        if (!periodType.isEmpty()) {
            valueType(out, PprofFields.PERIOD_TYPE, periodType, table);
            out.varint(PprofFields.PERIOD, period);
        }
        if (time != 0) {
            out.varint(PprofFields.TIME, time);
        }
        if (duration != 0) {
            out.varint(PprofFields.DURATION, duration);
        }
        table.keySet().forEach(text -> out.string(PprofFields.STRING, text));
        return out.toByteArray();
    }

    private static void valueType(ProtoWriter out, int field, String type, Map<String, Long> table) {
        int message = out.begin(field);
        out.varint(1, string(type.substring(0, type.indexOf('/')), table));
        out.varint(2, string(type.substring(type.indexOf('/') + 1), table));
        out.end(message);
    }

    private static void label(ProtoWriter out, String label, Map<String, Long> table) {
        String key = label.substring(0, label.indexOf('='));
        String value = label.substring(label.indexOf('=') + 1);
        int message = out.begin(SampleCursor.LABEL);
        out.varint(PprofFields.LABEL_KEY, string(key, table));
        int unit = value.indexOf(' ');
        if (unit < 0) {
            out.varint(PprofFields.LABEL_TEXT, string(value, table));
        } else {
            out.varint(PprofFields.LABEL_NUMBER, Long.parseLong(value.substring(0, unit)));
            out.varint(PprofFields.LABEL_UNIT, string(value.substring(unit + 1), table));
        }
        out.end(message);
    }

    private static long string(String text, Map<String, Long> table) {
        return table.computeIfAbsent(text, _ -> (long) table.size());
    }

    /** Reads a profile, packed or not; throws whatever is wrong with it. */
    public static TestProfile read(byte[] given) throws IOException {
        byte[] bytes = given.length > 2 && given[0] == 0x1F && (given[1] & 0xFF) == 0x8B ? gunzip(given) : given;
        TestProfile profile = new TestProfile();
        Map<Integer, List<byte[]>> messages = new TreeMap<>();
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            switch (field) {
                case PprofFields.STRING -> profile.strings.add(in.readStringRequireUtf8());
                case PprofFields.TIME -> profile.time = in.readInt64();
                case PprofFields.DURATION -> profile.duration = in.readInt64();
                case PprofFields.PERIOD -> profile.period = in.readInt64();
                default -> {
                    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                        messages.computeIfAbsent(field, _ -> new ArrayList<>()).add(in.readByteArray());
                    } else {
                        in.skipField(tag);
                    }
                }
            }
        }
        if (!profile.strings.getFirst().isEmpty()) {
            throw new IOException("first string is " + profile.strings.getFirst());
        }
        for (byte[] type : messages.getOrDefault(PprofFields.SAMPLE_TYPE, List.of())) {
            profile.types.add(profile.valueType(type));
        }
        for (byte[] type : messages.getOrDefault(PprofFields.PERIOD_TYPE, List.of())) {
            profile.periodType = profile.valueType(type);
        }
        profile.mappings = messages.getOrDefault(PprofFields.MAPPING, List.of()).size();
        Map<Long, String> functions = new TreeMap<>();
        for (byte[] function : messages.getOrDefault(PprofFields.FUNCTION, List.of())) {
            Map<Integer, List<Object>> fields = fields(function);
            functions.put(number(fields, 1), profile.strings.get((int) number(fields, PprofFields.FUNCTION_NAME)));
            profile.functions++;
        }
        Map<Long, String> locations = new TreeMap<>();
        for (byte[] location : messages.getOrDefault(PprofFields.LOCATION, List.of())) {
            Map<Integer, List<Object>> fields = fields(location);
            List<String> inlined = new ArrayList<>();
            for (Object line : fields.getOrDefault(PprofFields.LOCATION_LINE, List.of())) {
                String name = functions.get(number(fields((byte[]) line), PprofFields.LINE_FUNCTION));
                if (name == null) {
                    throw new IOException("a line of a function that is not there");
                }
                inlined.addFirst(name);
            }
            locations.put(
                    number(fields, 1),
                    inlined.isEmpty()
                            ? Long.toHexString(number(fields, PprofFields.LOCATION_ADDRESS))
                            : String.join(";", inlined));
            profile.locations++;
        }
        for (byte[] sample : messages.getOrDefault(PprofFields.SAMPLE, List.of())) {
            profile.sample(sample, locations);
        }
        return profile;
    }

    private void sample(byte[] sample, Map<Long, String> locations) throws IOException {
        Map<Integer, List<Object>> fields = fields(sample);
        List<String> frames = new ArrayList<>();
        for (long id : numbers(fields, SampleCursor.LOCATION)) {
            String name = locations.get(id);
            if (name == null) {
                throw new IOException("location " + id + " is not there");
            }
            frames.addFirst(name);
        }
        StringBuilder key = new StringBuilder(String.join(";", frames));
        for (Object label : fields.getOrDefault(SampleCursor.LABEL, List.of())) {
            Map<Integer, List<Object>> parts = fields((byte[]) label);
            key.append('|')
                    .append(strings.get((int) number(parts, PprofFields.LABEL_KEY)))
                    .append('=');
            key.append(
                    parts.containsKey(PprofFields.LABEL_TEXT)
                            ? strings.get((int) number(parts, PprofFields.LABEL_TEXT))
                            : number(parts, PprofFields.LABEL_NUMBER) + " "
                                    + strings.get((int) number(parts, PprofFields.LABEL_UNIT)));
        }
        long[] values = numbers(fields, SampleCursor.VALUE);
        if (values.length != types.size()) {
            throw new IOException(values.length + " values (expected: " + types.size() + ")");
        }
        samples.merge(key.toString(), values, (a, b) -> {
            long[] sum = a.clone();
            Arrays.setAll(sum, i -> a[i] + b[i]);
            return sum;
        });
    }

    private String valueType(byte[] message) throws IOException {
        Map<Integer, List<Object>> fields = fields(message);
        return strings.get((int) number(fields, 1)) + "/" + strings.get((int) number(fields, 2));
    }

    private static Map<Integer, List<Object>> fields(byte[] message) throws IOException {
        Map<Integer, List<Object>> fields = new TreeMap<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean nested = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), _ -> new ArrayList<>())
                    .add(nested ? in.readByteArray() : (Object) in.readInt64());
        }
        return fields;
    }

    private static long number(Map<Integer, List<Object>> fields, int field) {
        List<Object> values = fields.get(field);
        return values == null ? 0 : (Long) values.getLast();
    }

    private static long[] numbers(Map<Integer, List<Object>> fields, int field) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (Object value : fields.getOrDefault(field, List.of())) {
            if (value instanceof byte[] packed) {
                CodedInputStream in = CodedInputStream.newInstance(packed);
                while (!in.isAtEnd()) {
                    numbers.add(in.readInt64());
                }
            } else {
                numbers.add((Long) value);
            }
        }
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** Stacks and values as a test compares them. */
    public Map<String, List<Long>> values() {
        Map<String, List<Long>> all = new TreeMap<>();
        samples.forEach(
                (stack, values) -> all.put(stack, Arrays.stream(values).boxed().toList()));
        return all;
    }
}
