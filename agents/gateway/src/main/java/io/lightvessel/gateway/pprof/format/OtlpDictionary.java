package io.lightvessel.gateway.pprof.format;

import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_FILE;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_NAME;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_START_LINE;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_SYSTEM_NAME;
import static io.lightvessel.pipeline.pprof.PprofFields.LINE_COLUMN;
import static io.lightvessel.pipeline.pprof.PprofFields.LINE_FUNCTION;
import static io.lightvessel.pipeline.pprof.PprofFields.LINE_LINE;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION_ADDRESS;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION_IS_FOLDED;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION_LINE;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION_MAPPING;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_BUILD_ID;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_FILE;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_HAS_FILENAMES;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_HAS_FUNCTIONS;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_HAS_INLINE_FRAMES;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_HAS_LINE_NUMBERS;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_LIMIT;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_OFFSET;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_START;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.HashMap;
import java.util.Map;

/**
 * A {@code ProfilesDictionary} in the making. The tables of pprof profiles are appended as they are, so an entry's index
 * follows from its place; the first entry of every table stands for nothing.
 */
final class OtlpDictionary {
    private static final int MAPPINGS = 1;
    private static final int LOCATIONS = 2;
    private static final int FUNCTIONS = 3;
    private static final int LINKS = 4;
    private static final int STRINGS = 5;
    private static final int ATTRIBUTES = 6;
    private static final int STACKS = 7;

    private final ProfileCursor cursor = new ProfileCursor();
    private final ProtoWriter tables = new ProtoWriter(1 << 16);
    private final ProtoWriter stringTable = new ProtoWriter(1 << 16);
    private final Map<String, Integer> texts = new HashMap<>();
    private final SequenceTable stacks = new SequenceTable();
    private final OtlpAttributes attributes = new OtlpAttributes(this);
    private ProfileIndex profile = new ProfileIndex();
    private int strings;
    private int stringBase;
    private int mappings;
    private int mappingBase;
    private int locations;
    private int locationBase;
    private int functions;
    private int functionBase;

    void begin() {
        tables.clear();
        stringTable.clear();
        texts.clear();
        stacks.clear();
        stacks.close();
        attributes.begin();
        stringTable.string(STRINGS, "");
        empty(MAPPINGS);
        empty(LOCATIONS);
        empty(FUNCTIONS);
        int link = tables.begin(LINKS);
        tables.bytes(1, new byte[16], 0, 16);
        tables.bytes(2, new byte[8], 0, 8);
        tables.end(link);
        strings = 1;
        mappings = 1;
        locations = 1;
        functions = 1;
    }

    private void empty(int table) {
        tables.tag(table, ProtoWriter.LEN);
        tables.varint(0);
    }

    /** Takes over the tables of another profile; indices are asked for while it is the last one added. */
    void add(ProfileIndex added) throws MalformedProfile {
        profile = added;
        stringBase = strings - 1;
        for (int i = 1; i < added.strings(); i++) {
            int start = added.stringStart(i);
            stringTable.bytes(STRINGS, added.bytes(), start, added.stringEnd(i) - start);
        }
        strings += added.strings() - 1;
        mappingBase = mappings;
        locationBase = locations;
        functionBase = functions;
        mappings += added.mappings().size();
        locations += added.locations().size();
        functions += added.functions().size();
        for (int i = 0; i < added.mappings().size(); i++) {
            mapping(i);
        }
        for (int i = 0; i < added.functions().size(); i++) {
            function(i);
        }
        for (int i = 0; i < added.locations().size(); i++) {
            location(i);
        }
    }

    OtlpAttributes attributes() {
        return attributes;
    }

    /** The index of a string of the profile. */
    long string(long index) {
        return index == 0 ? 0 : stringBase + index;
    }

    /** The index of a text of our own. */
    long text(String text) {
        return text.isEmpty()
                ? 0
                : texts.computeIfAbsent(text, added -> {
                    stringTable.string(STRINGS, added);
                    return strings++;
                });
    }

    int stack(SampleCursor sample) {
        for (int i = 0; i < sample.locations(); i++) {
            stacks.add(locationBase + (long) profile.locations().ordinal(sample.location(i)));
        }
        return stacks.close();
    }

    private void mapping(int ordinal) throws MalformedProfile {
        int message = tables.begin(MAPPINGS);
        attributes.beginList();
        cursor.over(
                profile.bytes(),
                profile.mappings().start(ordinal),
                profile.mappings().end(ordinal));
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case MAPPING_START -> tables.varint(1, cursor.varint(tag, "start"));
                case MAPPING_LIMIT -> tables.varint(2, cursor.varint(tag, "limit"));
                case MAPPING_OFFSET -> tables.varint(3, cursor.varint(tag, "offset"));
                case MAPPING_FILE -> tables.varint(4, string(cursor.varint(tag, "file")));
                case MAPPING_BUILD_ID -> {
                    long id = cursor.varint(tag, "build id");
                    if (id != 0) {
                        attributes.list(OtlpAttributes.BUILD_ID, profile.string((int) id));
                    }
                }
                case MAPPING_HAS_FUNCTIONS -> flag(tag, OtlpAttributes.HAS_FUNCTIONS);
                case MAPPING_HAS_FILENAMES -> flag(tag, OtlpAttributes.HAS_FILENAMES);
                case MAPPING_HAS_LINE_NUMBERS -> flag(tag, OtlpAttributes.HAS_LINE_NUMBERS);
                case MAPPING_HAS_INLINE_FRAMES -> flag(tag, OtlpAttributes.HAS_INLINE_FRAMES);
                default -> cursor.skip(tag);
            }
        }
        attributes.endList(tables, 5);
        tables.end(message);
    }

    private void flag(int tag, String key) throws MalformedProfile {
        if (cursor.varint(tag, key) != 0) {
            attributes.listTrue(key);
        }
    }

    private void function(int ordinal) throws MalformedProfile {
        int message = tables.begin(FUNCTIONS);
        cursor.over(
                profile.bytes(),
                profile.functions().start(ordinal),
                profile.functions().end(ordinal));
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case FUNCTION_NAME -> tables.varint(1, string(cursor.varint(tag, "name")));
                case FUNCTION_SYSTEM_NAME -> tables.varint(2, string(cursor.varint(tag, "system name")));
                case FUNCTION_FILE -> tables.varint(3, string(cursor.varint(tag, "file")));
                case FUNCTION_START_LINE -> tables.varint(4, cursor.varint(tag, "start line"));
                default -> cursor.skip(tag);
            }
        }
        tables.end(message);
    }

    private void location(int ordinal) throws MalformedProfile {
        int message = tables.begin(LOCATIONS);
        attributes.beginList();
        cursor.over(
                profile.bytes(),
                profile.locations().start(ordinal),
                profile.locations().end(ordinal));
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case LOCATION_MAPPING -> {
                    int mapping = profile.mappings().ordinal(cursor.varint(tag, "mapping"));
                    tables.varint(1, mapping < 0 ? 0 : mappingBase + (long) mapping);
                }
                case LOCATION_ADDRESS -> tables.varint(2, cursor.varint(tag, "address"));
                case LOCATION_LINE -> {
                    int outer = cursor.enter(tag, "line");
                    int line = tables.begin(3);
                    line();
                    tables.end(line);
                    cursor.leave(outer);
                }
                case LOCATION_IS_FOLDED -> flag(tag, OtlpAttributes.IS_FOLDED);
                default -> cursor.skip(tag);
            }
        }
        attributes.endList(tables, 4);
        tables.end(message);
    }

    private void line() throws MalformedProfile {
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case LINE_FUNCTION -> {
                    int function = profile.functions().ordinal(cursor.varint(tag, "function"));
                    tables.varint(1, function < 0 ? 0 : functionBase + (long) function);
                }
                case LINE_LINE -> tables.varint(2, cursor.varint(tag, "line"));
                case LINE_COLUMN -> tables.varint(3, cursor.varint(tag, "column"));
                default -> cursor.skip(tag);
            }
        }
    }

    void write(ProtoWriter out) {
        attributes.write(out, ATTRIBUTES);
        out.raw(tables.array(), 0, tables.size());
        out.raw(stringTable.array(), 0, stringTable.size());
        for (int stack = 0; stack < stacks.size(); stack++) {
            int message = out.begin(STACKS);
            if (stacks.start(stack) < stacks.end(stack)) {
                int packed = out.begin(1);
                for (int i = stacks.start(stack); i < stacks.end(stack); i++) {
                    out.varint(stacks.number(i));
                }
                out.end(packed);
            }
            out.end(message);
        }
    }
}
