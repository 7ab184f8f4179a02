package io.lightvessel.gateway.pprof.format;

import static io.lightvessel.pipeline.pprof.PprofFields.DURATION;
import static io.lightvessel.pipeline.pprof.PprofFields.FUNCTION;
import static io.lightvessel.pipeline.pprof.PprofFields.LOCATION;
import static io.lightvessel.pipeline.pprof.PprofFields.SAMPLE;
import static io.lightvessel.pipeline.pprof.PprofFields.STRING;
import static io.lightvessel.pipeline.pprof.PprofFields.TIME;

import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** Writes a profile anew with differences as values, without the stacks that have none and what only these needed. */
final class DeltaWriter {

    /** What the difference is about, in nanoseconds. */
    record Span(long start, long duration) {}

    private final SampleCursor sample = new SampleCursor();
    private final ProfileCursor top = new ProfileCursor();
    private final UsedEntries used = new UsedEntries();
    private long[] row = new long[8];

    /**
     * @param numbers of each sample, that of its stack
     * @return how many samples were written; nothing is written when there are none
     */
    int write(
            ProfileIndex profile,
            StackTable stacks,
            int[] numbers,
            int[] cumulative,
            boolean fromZero,
            Span span,
            ProtoWriter out)
            throws MalformedProfile {
        int mark = out.size();
        if (row.length < profile.types()) {
            row = new long[profile.types()];
        }
        used.begin(profile);
        int written = samples(profile, stacks, numbers, cumulative, fromZero, out);
        if (written == 0) {
            out.truncate(mark);
            return 0;
        }
        used.follow();
        rest(profile, out);
        out.varint(TIME, span.start());
        out.varint(DURATION, span.duration());
        return written;
    }

    private int samples(
            ProfileIndex profile, StackTable stacks, int[] numbers, int[] cumulative, boolean fromZero, ProtoWriter out)
            throws MalformedProfile {
        int written = 0;
        int next = 0;
        top.over(profile.bytes(), 0, profile.size());
        while (top.hasMore()) {
            int tag = top.tag();
            if (ProfileCursor.field(tag) != SAMPLE) {
                top.skip(tag);
                continue;
            }
            int outer = top.enter(tag, "sample");
            int from = top.position();
            int to = top.limit();
            top.leave(outer);
            int stack = numbers[next++];
            if (!stacks.is(stack, StackTable.KEPT)) {
                stacks.mark(stack, StackTable.KEPT);
                if (difference(stacks, stack, profile.types(), cumulative, fromZero)) {
                    sample.read(profile.bytes(), from, to);
                    write(profile, out);
                    used.use(sample);
                    written++;
                }
            }
        }
        return written;
    }

    /** Fills the row; returns false when nothing in it is worth a sample. */
    private boolean difference(StackTable stacks, int stack, int types, int[] cumulative, boolean fromZero) {
        for (int type = 0; type < types; type++) {
            row[type] = stacks.now(stack, type);
        }
        if (!fromZero) {
            for (int column = 0; column < cumulative.length; column++) {
                int type = cumulative[column];
                row[type] = Math.max(0, row[type] - stacks.before(stack, column));
            }
        }
        for (int type = 0; type < types; type++) {
            if (row[type] != 0) {
                return true;
            }
        }
        return false;
    }

    private void write(ProfileIndex profile, ProtoWriter out) {
        int message = out.begin(SAMPLE);
        int locations = out.begin(SampleCursor.LOCATION);
        for (int i = 0; i < sample.locations(); i++) {
            out.varint(sample.location(i));
        }
        out.end(locations);
        int values = out.begin(SampleCursor.VALUE);
        for (int i = 0; i < sample.values(); i++) {
            out.varint(row[i]);
        }
        out.end(values);
        for (int i = 0; i < sample.labels(); i++) {
            int start = sample.labelStart(i);
            out.bytes(SampleCursor.LABEL, profile.bytes(), start, sample.labelEnd(i) - start);
        }
        out.end(message);
    }

    /** Everything but samples and times, in its order; strings that nothing needs any more become empty. */
    private void rest(ProfileIndex profile, ProtoWriter out) throws MalformedProfile {
        int location = 0;
        int function = 0;
        int string = 0;
        top.over(profile.bytes(), 0, profile.size());
        while (top.hasMore()) {
            int start = top.position();
            int tag = top.tag();
            top.skip(tag);
            boolean copied = switch (ProfileCursor.field(tag)) {
                case SAMPLE, TIME, DURATION -> false;
                case LOCATION -> used.location(location++);
                case FUNCTION -> used.function(function++);
                case STRING -> {
                    boolean needed = used.string(string++);
                    if (!needed) {
                        out.tag(STRING, ProtoWriter.LEN);
                        out.varint(0);
                    }
                    yield needed;
                }
                default -> true;
            };
            if (copied) {
                out.raw(profile.bytes(), start, top.position() - start);
            }
        }
    }
}
