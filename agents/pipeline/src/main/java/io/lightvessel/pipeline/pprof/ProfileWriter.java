package io.lightvessel.pipeline.pprof;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes pprof profiles of one sample type, one after another, from stacks whose functions have names already. Calls
 * from several places of a function are one location, since nothing tells their lines. One thread at a time.
 */
public final class ProfileWriter {

    /** What profiles say of themselves: {@code cpu} in {@code nanoseconds}, one sample for each period. */
    public record Type(String name, String unit, long period) {}

    private record MappingKey(long start, long end, String file) {}

    private record LocationKey(int mapping, String function) {}

    private final ProtoWriter head = new ProtoWriter(128);
    private final ProtoWriter samples = new ProtoWriter(1 << 12);
    private final ProtoWriter entries = new ProtoWriter(1 << 12);
    private final ProtoWriter strings = new ProtoWriter(1 << 12);
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<MappingKey, Integer> mappings = new HashMap<>();
    private final Map<LocationKey, Integer> locations = new HashMap<>();
    private final Map<String, Integer> functions = new HashMap<>();

    /** Begins a profile and forgets the one before. */
    public void begin(Type type, long timeNanos, long durationNanos) {
        head.clear();
        samples.clear();
        entries.clear();
        strings.clear();
        texts.clear();
        mappings.clear();
        locations.clear();
        functions.clear();
        text("");
        valueType(PprofFields.SAMPLE_TYPE, type);
        head.varint(PprofFields.TIME, timeNanos);
        head.varint(PprofFields.DURATION, durationNanos);
        valueType(PprofFields.PERIOD_TYPE, type);
        head.varint(PprofFields.PERIOD, type.period());
    }

    private void valueType(int field, Type type) {
        int message = head.begin(field);
        head.varint(1, text(type.name()));
        head.varint(2, text(type.unit()));
        head.end(message);
    }

    /**
     * A file's code in memory.
     *
     * @return its id, by which locations refer to it
     */
    public int mapping(long start, long end, long offset, String file, @Nullable String buildId) {
        return mappings.computeIfAbsent(new MappingKey(start, end, file), added -> {
            int id = mappings.size() + 1;
            int message = entries.begin(PprofFields.MAPPING);
            entries.varint(PprofFields.ID, id);
            entries.varint(PprofFields.MAPPING_START, start);
            entries.varint(PprofFields.MAPPING_LIMIT, end);
            entries.varint(PprofFields.MAPPING_OFFSET, offset);
            entries.varint(PprofFields.MAPPING_FILE, text(file));
            if (buildId != null) {
                entries.varint(PprofFields.MAPPING_BUILD_ID, text(buildId));
            }
            // Whoever reads it would look for functions in files of his own otherwise.
            entries.varint(PprofFields.MAPPING_HAS_FUNCTIONS, 1);
            entries.end(message);
            return id;
        });
    }

    /**
     * A place in a function.
     *
     * @param mapping 0 when it is in no file
     * @return its id, by which samples refer to it
     */
    public int location(int mapping, long address, String function) {
        return locations.computeIfAbsent(new LocationKey(mapping, function), added -> {
            int named = function(function);
            int id = locations.size() + 1;
            int message = entries.begin(PprofFields.LOCATION);
            entries.varint(PprofFields.ID, id);
            if (mapping != 0) {
                entries.varint(PprofFields.LOCATION_MAPPING, mapping);
            }
            entries.varint(PprofFields.LOCATION_ADDRESS, address);
            int line = entries.begin(PprofFields.LOCATION_LINE);
            entries.varint(PprofFields.LINE_FUNCTION, named);
            entries.end(line);
            entries.end(message);
            return id;
        });
    }

    private int function(String name) {
        return functions.computeIfAbsent(name, added -> {
            int id = functions.size() + 1;
            int message = entries.begin(PprofFields.FUNCTION);
            entries.varint(PprofFields.ID, id);
            entries.varint(PprofFields.FUNCTION_NAME, text(name));
            entries.varint(PprofFields.FUNCTION_SYSTEM_NAME, text(name));
            entries.end(message);
            return id;
        });
    }

    /** @param ids of locations, leaf first, so many of them */
    public void sample(int[] ids, int count, long value) {
        int message = samples.begin(PprofFields.SAMPLE);
        int stack = samples.begin(PprofFields.SAMPLE_LOCATION);
        for (int i = 0; i < count; i++) {
            samples.varint(ids[i]);
        }
        samples.end(stack);
        samples.varint(PprofFields.SAMPLE_VALUE, value);
        samples.end(message);
    }

    private int text(String text) {
        return texts.computeIfAbsent(text, added -> {
            strings.string(PprofFields.STRING, added);
            return texts.size();
        });
    }

    /** Appends what was written since the profile began. */
    public void writeTo(ProtoWriter out) {
        out.raw(head.array(), 0, head.size());
        out.raw(samples.array(), 0, samples.size());
        out.raw(entries.array(), 0, entries.size());
        out.raw(strings.array(), 0, strings.size());
    }
}
