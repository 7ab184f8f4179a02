package io.lightvessel.gateway.pprof.format;

import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_FILE;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_NAME;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION_START_LINE;
import static io.lightvessel.pipeline.pprof.PprofFields.LABEL_KEY;
import static io.lightvessel.pipeline.pprof.PprofFields.LABEL_NUMBER;
import static io.lightvessel.pipeline.pprof.PprofFields.LABEL_TEXT;
import static io.lightvessel.pipeline.pprof.PprofFields.LABEL_UNIT;
import static io.lightvessel.pipeline.pprof.PprofFields.LINE_FUNCTION;
import static io.lightvessel.pipeline.pprof.PprofFields.LINE_LINE;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION_ADDRESS;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION_LINE;

/**
 * Hashes samples by what they mean, since ids and string numbers change from one profile of a process to the next:
 * addresses, functions, lines and labels.
 */
final class StackHash {
    private static final long NOTHING = 0x6C62_272E_07BB_0142L;

    private final ProfileCursor cursor = new ProfileCursor();
    private long[] functions = {};
    private long[] locations = {};
    private ProfileIndex profile = new ProfileIndex();

    /** Prepares for the samples of a profile that has been checked. */
    void begin(ProfileIndex checked) throws MalformedProfile {
        profile = checked;
        functions = room(functions, checked.functions().size());
        for (int i = 0; i < checked.functions().size(); i++) {
            functions[i] = function(i);
        }
        locations = room(locations, checked.locations().size());
        for (int i = 0; i < checked.locations().size(); i++) {
            locations[i] = location(i);
        }
    }

    private static long[] room(long[] present, int needed) {
        return present.length >= needed ? present : new long[Math.max(needed, present.length * 2)];
    }

    long of(SampleCursor sample) throws MalformedProfile {
        long hash = NOTHING;
        for (int i = 0; i < sample.locations(); i++) {
            int ordinal = profile.locations().ordinal(sample.location(i));
            hash = Hash.and(hash, locations[ordinal]);
        }
        long labels = 0;
        for (int i = 0; i < sample.labels(); i++) {
            labels += label(sample.labelStart(i), sample.labelEnd(i));
        }
        return labels == 0 ? hash : Hash.and(hash, labels);
    }

    private long label(int from, int to) throws MalformedProfile {
        long hash = NOTHING;
        cursor.over(profile.bytes(), from, to);
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case LABEL_KEY, LABEL_TEXT, LABEL_UNIT -> hash = Hash.and(hash + tag, string(cursor.varint()));
                case LABEL_NUMBER -> hash = Hash.and(hash + tag, cursor.varint(tag, "label number"));
                default -> cursor.skip(tag);
            }
        }
        return hash;
    }

    private long function(int ordinal) throws MalformedProfile {
        long hash = NOTHING;
        cursor.over(
                profile.bytes(),
                profile.functions().start(ordinal),
                profile.functions().end(ordinal));
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case FUNCTION_NAME, FUNCTION_FILE -> hash = Hash.and(hash + tag, string(cursor.varint()));
                case FUNCTION_START_LINE -> hash = Hash.and(hash + tag, cursor.varint(tag, "start line"));
                default -> cursor.skip(tag);
            }
        }
        return hash;
    }

    private long location(int ordinal) throws MalformedProfile {
        long hash = NOTHING;
        cursor.over(
                profile.bytes(),
                profile.locations().start(ordinal),
                profile.locations().end(ordinal));
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case LOCATION_ADDRESS -> hash = Hash.and(hash, cursor.varint(tag, "address"));
                case LOCATION_LINE -> {
                    int outer = cursor.enter(tag, "line");
                    hash = Hash.and(hash, line());
                    cursor.leave(outer);
                }
                default -> cursor.skip(tag);
            }
        }
        return hash;
    }

    private long line() throws MalformedProfile {
        long hash = NOTHING;
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case LINE_FUNCTION -> {
                    long id = cursor.varint();
                    hash = Hash.and(
                            hash, id == 0 ? 0 : functions[profile.functions().ordinal(id)]);
                }
                case LINE_LINE -> hash = Hash.and(hash, cursor.varint(tag, "line number"));
                default -> cursor.skip(tag);
            }
        }
        return hash;
    }

    private long string(long index) {
        return Hash.of(profile.bytes(), profile.stringStart((int) index), profile.stringEnd((int) index));
    }
}
