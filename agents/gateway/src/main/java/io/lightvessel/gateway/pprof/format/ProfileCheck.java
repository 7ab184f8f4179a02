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
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION_MAPPING;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_BUILD_ID;
import static io.lightvessel.pipeline.pprof.PprofFields.MAPPING_FILE;
import static io.lightvessel.pipeline.pprof.PprofFields.SAMPLE;

/** Follows every id and index of a profile, as Go's pprof library does before it accepts one. */
final class ProfileCheck {
    private final ProfileCursor cursor = new ProfileCursor();
    private final SampleCursor sample = new SampleCursor();

    void check(ProfileIndex profile) throws MalformedProfile {
        for (int type = 0; type < profile.types(); type++) {
            string(profile, profile.typeIndex(type), "sample type");
            string(profile, profile.unitIndex(type), "sample unit");
        }
        string(profile, profile.periodTypeIndex(), "period type");
        string(profile, profile.periodUnitIndex(), "period unit");
        mappings(profile);
        functions(profile);
        locations(profile);
        rest(profile);
    }

    private void mappings(ProfileIndex profile) throws MalformedProfile {
        for (int i = 0; i < profile.mappings().size(); i++) {
            cursor.over(
                    profile.bytes(),
                    profile.mappings().start(i),
                    profile.mappings().end(i));
            while (cursor.hasMore()) {
                int tag = cursor.tag();
                switch (ProfileCursor.field(tag)) {
                    case MAPPING_FILE, MAPPING_BUILD_ID -> string(profile, tag, cursor, "mapping");
                    default -> cursor.skip(tag);
                }
            }
        }
    }

    private void functions(ProfileIndex profile) throws MalformedProfile {
        for (int i = 0; i < profile.functions().size(); i++) {
            cursor.over(
                    profile.bytes(),
                    profile.functions().start(i),
                    profile.functions().end(i));
            while (cursor.hasMore()) {
                int tag = cursor.tag();
                switch (ProfileCursor.field(tag)) {
                    case FUNCTION_NAME, FUNCTION_SYSTEM_NAME, FUNCTION_FILE -> string(profile, tag, cursor, "function");
                    default -> cursor.skip(tag);
                }
            }
        }
    }

    private void locations(ProfileIndex profile) throws MalformedProfile {
        for (int i = 0; i < profile.locations().size(); i++) {
            cursor.over(
                    profile.bytes(),
                    profile.locations().start(i),
                    profile.locations().end(i));
            while (cursor.hasMore()) {
                int tag = cursor.tag();
                switch (ProfileCursor.field(tag)) {
                    case LOCATION_MAPPING -> known(profile.mappings(), cursor.varint(tag, "mapping id"), "mapping");
                    case LOCATION_LINE -> line(profile, tag);
                    default -> cursor.skip(tag);
                }
            }
        }
    }

    private void line(ProfileIndex profile, int tag) throws MalformedProfile {
        int outer = cursor.enter(tag, "line");
        while (cursor.hasMore()) {
            int inner = cursor.tag();
            if (ProfileCursor.field(inner) == LINE_FUNCTION) {
                known(profile.functions(), cursor.varint(inner, "function id"), "function");
            } else {
                cursor.skip(inner);
            }
        }
        cursor.leave(outer);
    }

    private void rest(ProfileIndex profile) throws MalformedProfile {
        ProfileCursor top = new ProfileCursor().over(profile.bytes(), 0, profile.size());
        while (top.hasMore()) {
            int tag = top.tag();
            switch (ProfileCursor.field(tag)) {
                case SAMPLE -> {
                    int outer = top.enter(tag, "sample");
                    sample(profile, top.position(), top.limit());
                    top.leave(outer);
                }
                case DROP_FRAMES, KEEP_FRAMES, DEFAULT_SAMPLE_TYPE, DOC_URL -> string(profile, tag, top, "profile");
                case COMMENT -> {
                    if ((tag & 7) == ProfileCursor.VARINT) {
                        string(profile, top.varint(), "comment");
                    } else {
                        int outer = top.enter(tag, "comment");
                        while (top.hasMore()) {
                            string(profile, top.varint(), "comment");
                        }
                        top.leave(outer);
                    }
                }
                default -> top.skip(tag);
            }
        }
    }

    private void sample(ProfileIndex profile, int from, int to) throws MalformedProfile {
        sample.read(profile.bytes(), from, to);
        if (sample.values() != profile.types()) {
            throw new MalformedProfile("a sample of " + sample.values() + " values at byte " + from + " (expected: "
                    + profile.types() + ", as many as there are sample types)");
        }
        for (int i = 0; i < sample.locations(); i++) {
            if (profile.locations().ordinal(sample.location(i)) < 0) {
                throw unknown("location", sample.location(i));
            }
        }
        for (int i = 0; i < sample.labels(); i++) {
            cursor.over(profile.bytes(), sample.labelStart(i), sample.labelEnd(i));
            while (cursor.hasMore()) {
                int tag = cursor.tag();
                switch (ProfileCursor.field(tag)) {
                    case LABEL_KEY, LABEL_TEXT, LABEL_UNIT -> string(profile, tag, cursor, "label");
                    default -> cursor.skip(tag);
                }
            }
        }
    }

    private static void string(ProfileIndex profile, int tag, ProfileCursor at, String what) throws MalformedProfile {
        string(profile, at.varint(tag, what + " text"), what);
    }

    private static void string(ProfileIndex profile, long index, String what) throws MalformedProfile {
        if (index < 0 || index >= profile.strings()) {
            throw new MalformedProfile("string " + index + " in a " + what + " (expected: less than "
                    + profile.strings() + ", as many as there are)");
        }
    }

    private static void known(IdTable table, long id, String what) throws MalformedProfile {
        if (id != 0 && table.ordinal(id) < 0) {
            throw unknown(what, id);
        }
    }

    private static MalformedProfile unknown(String what, long id) {
        return new MalformedProfile(
                what + " " + Long.toUnsignedString(id) + " (expected: the id of a " + what + " in the profile)");
    }
}
