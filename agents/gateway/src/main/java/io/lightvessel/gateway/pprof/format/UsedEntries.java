package io.lightvessel.gateway.pprof.format;

import static io.lightvessel.pipeline.pprof.PprofFields.COMMENT;
import static io.lightvessel.pipeline.pprof.PprofFields.DEFAULT_SAMPLE_TYPE;
import static io.lightvessel.pipeline.pprof.PprofFields.DOC_URL;
import static io.lightvessel.pipeline.pprof.PprofFields.DROP_FRAMES;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_FILE;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_NAME;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_SYSTEM_NAME;
import static io.lightvessel.pipeline.pprof.PprofFields.KEEP_FRAMES;
import static io.lightvessel.pipeline.pprof.PprofFields.LABEL_KEY;
import static io.lightvessel.pipeline.pprof.PprofFields.LABEL_TEXT;
import static io.lightvessel.pipeline.pprof.PprofFields.LABEL_UNIT;
import static io.lightvessel.pipeline.pprof.PprofFields.LINE_FUNCTION;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION_LINE;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_BUILD_ID;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_FILE;

import java.util.BitSet;

/** Which locations, functions and strings of a profile are needed by the samples that stay. */
final class UsedEntries {
    private final ProfileCursor cursor = new ProfileCursor();
    private final BitSet locations = new BitSet();
    private final BitSet functions = new BitSet();
    private final BitSet strings = new BitSet();
    private ProfileIndex profile = new ProfileIndex();

    void begin(ProfileIndex of) {
        profile = of;
        locations.clear();
        functions.clear();
        strings.clear();
    }

    void use(SampleCursor sample) throws MalformedProfile {
        for (int i = 0; i < sample.locations(); i++) {
            locations.set(profile.locations().ordinal(sample.location(i)));
        }
        for (int i = 0; i < sample.labels(); i++) {
            texts(sample.labelStart(i), sample.labelEnd(i), 1 << LABEL_KEY | 1 << LABEL_TEXT | 1 << LABEL_UNIT);
        }
    }

    /** Finds what the used locations and the profile itself refer to; mappings all stay. */
    void follow() throws MalformedProfile {
        for (int i = locations.nextSetBit(0); i >= 0; i = locations.nextSetBit(i + 1)) {
            lines(profile.locations().start(i), profile.locations().end(i));
        }
        IdTable table = profile.functions();
        for (int i = functions.nextSetBit(0); i >= 0; i = functions.nextSetBit(i + 1)) {
            texts(table.start(i), table.end(i), 1 << FUNCTION_NAME | 1 << FUNCTION_SYSTEM_NAME | 1 << FUNCTION_FILE);
        }
        for (int i = 0; i < profile.mappings().size(); i++) {
            texts(profile.mappings().start(i), profile.mappings().end(i), 1 << MAPPING_FILE | 1 << MAPPING_BUILD_ID);
        }
        for (int type = 0; type < profile.types(); type++) {
            strings.set((int) profile.typeIndex(type));
            strings.set((int) profile.unitIndex(type));
        }
        strings.set((int) profile.periodTypeIndex());
        strings.set((int) profile.periodUnitIndex());
        texts(
                0,
                profile.size(),
                1 << DROP_FRAMES | 1 << KEEP_FRAMES | 1 << DEFAULT_SAMPLE_TYPE | 1 << DOC_URL | 1 << COMMENT);
    }

    private void lines(int from, int to) throws MalformedProfile {
        cursor.over(profile.bytes(), from, to);
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (ProfileCursor.field(tag) != LOCATION_LINE) {
                cursor.skip(tag);
                continue;
            }
            int outer = cursor.enter(tag, "line");
            while (cursor.hasMore()) {
                int inner = cursor.tag();
                if (ProfileCursor.field(inner) == LINE_FUNCTION) {
                    int ordinal = profile.functions().ordinal(cursor.varint());
                    if (ordinal >= 0) {
                        functions.set(ordinal);
                    }
                } else {
                    cursor.skip(inner);
                }
            }
            cursor.leave(outer);
        }
    }

    /** @param fields a bit for the number of each field that refers to strings */
    private void texts(int from, int to, int fields) throws MalformedProfile {
        cursor.over(profile.bytes(), from, to);
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            int field = ProfileCursor.field(tag);
            if (field >= 32 || (fields & 1 << field) == 0) {
                cursor.skip(tag);
            } else if ((tag & 7) == ProfileCursor.VARINT) {
                strings.set((int) cursor.varint());
            } else {
                int outer = cursor.enter(tag, "text");
                while (cursor.hasMore()) {
                    strings.set((int) cursor.varint());
                }
                cursor.leave(outer);
            }
        }
    }

    boolean location(int ordinal) {
        return locations.get(ordinal);
    }

    boolean function(int ordinal) {
        return functions.get(ordinal);
    }

    boolean string(int index) {
        return strings.get(index);
    }
}
