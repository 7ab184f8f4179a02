package io.lightvessel.gateway.pprof.format;

import static io.lightvessel.pipeline.pprof.PprofFields.COMMENT;
import static io.lightvessel.pipeline.pprof.PprofFields.DEFAULT_SAMPLE_TYPE;
import static io.lightvessel.pipeline.pprof.PprofFields.DOC_URL;
import static io.lightvessel.pipeline.pprof.PprofFields.DROP_FRAMES;
import static io.lightvessel.pipeline.pprof.PprofFields.DURATION;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION;
import static io.lightvessel.pipeline.pprof.PprofFields.ID;
import static io.lightvessel.pipeline.pprof.PprofFields.KEEP_FRAMES;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING;
import static io.lightvessel.pipeline.pprof.PprofFields.PERIOD;
import static io.lightvessel.pipeline.pprof.PprofFields.PERIOD_TYPE;
import static io.lightvessel.pipeline.pprof.PprofFields.SAMPLE;
import static io.lightvessel.pipeline.pprof.PprofFields.SAMPLE_TYPE;
import static io.lightvessel.pipeline.pprof.PprofFields.STRING;
import static io.lightvessel.pipeline.pprof.PprofFields.TIME;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where everything lies in one unpacked profile, and proof that it fits together: every id and index leads somewhere
 * and every sample has a value of each type. Builds no objects of what is in the profile; reused from one to the next.
 */
public final class ProfileIndex {
    /** Nobody has that many; what profiles become grows with it. */
    private static final int MOST_TYPES = 64;

    private final ProfileCursor cursor = new ProfileCursor();
    private final IdTable mappings = new IdTable();
    private final IdTable locations = new IdTable();
    private final IdTable functions = new IdTable();
    private final ProfileCheck check = new ProfileCheck();
    private byte[] bytes = {};
    private int size;
    private int[] stringBounds = new int[1024];
    private int strings;
    private long[] sampleTypes = new long[8];
    private int types;
    private int samples;
    private long time;
    private long duration;
    private long period;
    private long periodType;
    private long periodUnit;

    /**
     * Reads the first {@code length} bytes as a profile.
     *
     * @throws MalformedProfile when they are none
     */
    public void read(byte[] profile, int length) throws MalformedProfile {
        bytes = profile;
        size = length;
        mappings.clear();
        locations.clear();
        functions.clear();
        strings = 0;
        types = 0;
        samples = 0;
        time = 0;
        duration = 0;
        period = 0;
        periodType = 0;
        periodUnit = 0;
        cursor.over(profile, 0, length);
        while (cursor.hasMore()) {
            field(cursor.tag());
        }
        complete(mappings, "mappings");
        complete(locations, "locations");
        complete(functions, "functions");
        if (strings == 0 || stringBounds[0] != stringBounds[1]) {
            throw new MalformedProfile("a profile "
                    + (strings == 0 ? "without strings" : "whose first string is not empty")
                    + " (expected: strings, of which the first is empty)");
        }
        if (types == 0 || types > MOST_TYPES) {
            throw new MalformedProfile(types + " sample types (expected: 1.." + MOST_TYPES + ")");
        }
        check.check(this);
    }

    private static void complete(IdTable table, String what) throws MalformedProfile {
        if (!table.complete()) {
            throw new MalformedProfile("two " + what + " with one id (expected: different ids)");
        }
    }

    private void field(int tag) throws MalformedProfile {
        switch (ProfileCursor.field(tag)) {
            case SAMPLE_TYPE -> {
                int outer = cursor.enter(tag, "sample type");
                valueType(true);
                cursor.leave(outer);
            }
            case SAMPLE -> {
                int outer = cursor.enter(tag, "sample");
                samples++;
                cursor.leave(outer);
            }
            case MAPPING -> entry(tag, mappings, "mapping");
            case LOCATION -> entry(tag, locations, "location");
            case FUNCTION -> entry(tag, functions, "function");
            case STRING -> {
                int outer = cursor.enter(tag, "string");
                if (strings * 2 == stringBounds.length) {
                    stringBounds = Arrays.copyOf(stringBounds, stringBounds.length * 2);
                }
                stringBounds[strings * 2] = cursor.position();
                stringBounds[strings * 2 + 1] = cursor.limit();
                strings++;
                cursor.leave(outer);
            }
            case TIME -> time = cursor.varint(tag, "time");
            case DURATION -> duration = cursor.varint(tag, "duration");
            case PERIOD -> period = cursor.varint(tag, "period");
            case PERIOD_TYPE -> {
                int outer = cursor.enter(tag, "period type");
                valueType(false);
                cursor.leave(outer);
            }
            case DROP_FRAMES, KEEP_FRAMES, COMMENT, DEFAULT_SAMPLE_TYPE, DOC_URL -> cursor.skip(tag);
            default -> cursor.skip(tag);
        }
    }

    private void valueType(boolean ofSamples) throws MalformedProfile {
        long type = 0;
        long unit = 0;
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case 1 -> type = cursor.varint(tag, "type");
                case 2 -> unit = cursor.varint(tag, "unit");
                default -> cursor.skip(tag);
            }
        }
        if (!ofSamples) {
            periodType = type;
            periodUnit = unit;
            return;
        }
        if (types * 2 == sampleTypes.length) {
            sampleTypes = Arrays.copyOf(sampleTypes, sampleTypes.length * 2);
        }
        sampleTypes[types * 2] = type;
        sampleTypes[types * 2 + 1] = unit;
        types++;
    }

    private void entry(int tag, IdTable table, String what) throws MalformedProfile {
        int outer = cursor.enter(tag, what);
        int start = cursor.position();
        int end = cursor.limit();
        long id = 0;
        while (cursor.hasMore()) {
            int inner = cursor.tag();
            if (ProfileCursor.field(inner) == ID) {
                id = cursor.varint(inner, "id");
            } else {
                cursor.skip(inner);
            }
        }
        if (id == 0) {
            throw cursor.malformed("a " + what + " without an id", start, "an id other than 0");
        }
        table.add(id, start, end);
        cursor.leave(outer);
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    IdTable mappings() {
        return mappings;
    }

    IdTable locations() {
        return locations;
    }

    IdTable functions() {
        return functions;
    }

    /** How many samples there are. */
    public int samples() {
        return samples;
    }

    /** How many values a sample has. */
    public int types() {
        return types;
    }

    /** What kind of value this is, such as {@code alloc_space}. */
    public String typeName(int type) {
        return string((int) sampleTypes[type * 2]);
    }

    long typeIndex(int type) {
        return sampleTypes[type * 2];
    }

    long unitIndex(int type) {
        return sampleTypes[type * 2 + 1];
    }

    long periodTypeIndex() {
        return periodType;
    }

    long periodUnitIndex() {
        return periodUnit;
    }

    public int strings() {
        return strings;
    }

    int stringStart(int index) {
        return stringBounds[index * 2];
    }

    int stringEnd(int index) {
        return stringBounds[index * 2 + 1];
    }

    String string(int index) {
        return new String(bytes, stringStart(index), stringEnd(index) - stringStart(index), StandardCharsets.UTF_8);
    }

    /** When the profile was taken, or began: nanoseconds since 1970, 0 when it does not say. */
    public long time() {
        return time;
    }

    /** How long it took in nanoseconds; 0 when it does not say. */
    public long duration() {
        return duration;
    }

    long period() {
        return period;
    }
}
