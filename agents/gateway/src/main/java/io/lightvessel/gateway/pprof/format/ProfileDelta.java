package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.pprof.PprofFields;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns profiles that count since the start of their process into what was counted since the one before. One thread at
 * a time; holds memory for one comparison, and nothing of any process.
 */
public final class ProfileDelta {
    /** Largest tables that are kept between profiles; larger ones are rare. */
    private static final int KEPT_STACKS = 1 << 18;

    /**
     * What came of a profile.
     *
     * @param state for the next one
     * @param samples written, none when there was nothing to compare with
     * @param isFirst whether there was nothing to compare with
     * @param hasRestarted whether the process began to count anew
     */
    public record Outcome(DeltaState state, int samples, boolean isFirst, boolean hasRestarted) {}

    private final StackHash hashes = new StackHash();
    private final StackTable stacks = new StackTable();
    private final SampleCursor sample = new SampleCursor();
    private final DeltaWriter writer = new DeltaWriter();
    private final ProtoWriter scratch = new ProtoWriter(1 << 16);
    private int[] sampleStacks = new int[1024];

    /** Which values of the profile's samples have one of these names; empty when none has. */
    public static int[] columns(ProfileIndex profile, Set<String> cumulative) {
        int[] found = new int[profile.types()];
        int count = 0;
        for (int type = 0; type < profile.types(); type++) {
            if (cumulative.contains(profile.typeName(type))) {
                found[count++] = type;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /**
     * Compares a profile with what is known of the one before.
     *
     * @param cumulative which values only grow; the others stay as they are
     * @param before null when there is none
     * @param now for profiles that do not say when they were taken, nanoseconds since 1970
     * @param out takes the difference, unless it is the first or there is none
     */
    public Outcome take(ProfileIndex profile, int[] cumulative, @Nullable DeltaState before, long now, ProtoWriter out)
            throws MalformedProfile {
        DeltaState known = before != null && before.columns() == cumulative.length ? before : null;
        stacks.begin(profile.samples() + (known == null ? 0 : known.stacks()), cumulative.length, profile.types());
        if (known != null) {
            known.load(stacks);
        }
        gather(profile);
        long time = profile.time() == 0 ? now : profile.time();
        DeltaState state = DeltaState.of(stacks, cumulative, time, scratch);
        try {
            if (known == null) {
                return new Outcome(state, 0, true, false);
            }
            boolean restarted = hasRestarted(cumulative);
            long start = time > known.time() ? known.time() : time;
            int written = writer.write(
                    profile,
                    stacks,
                    sampleStacks,
                    cumulative,
                    restarted,
                    new DeltaWriter.Span(start, time - start),
                    out);
            return new Outcome(state, written, false, restarted);
        } finally {
            stacks.trim(KEPT_STACKS);
        }
    }

    /** Bytes that a comparison takes while it lasts. */
    public static long memory(ProfileIndex profile, int[] cumulative, @Nullable DeltaState before) {
        int stacks = profile.samples() + (before == null ? 0 : before.stacks());
        return StackTable.memory(stacks, cumulative.length, profile.types()) + 4L * profile.samples();
    }

    /** Adds up the samples of each stack: one that is there several times is still one. */
    private void gather(ProfileIndex profile) throws MalformedProfile {
        hashes.begin(profile);
        if (sampleStacks.length < profile.samples()) {
            sampleStacks = new int[Math.max(profile.samples(), sampleStacks.length * 2)];
        }
        ProfileCursor top = new ProfileCursor().over(profile.bytes(), 0, profile.size());
        int next = 0;
        while (top.hasMore()) {
            int tag = top.tag();
            if (ProfileCursor.field(tag) != PprofFields.SAMPLE) {
                top.skip(tag);
                continue;
            }
            int outer = top.enter(tag, "sample");
            sample.read(profile.bytes(), top.position(), top.limit());
            top.leave(outer);
            int stack = stacks.find(hashes.of(sample));
            stacks.mark(stack, StackTable.SEEN);
            for (int type = 0; type < profile.types(); type++) {
                stacks.add(stack, type, sample.value(type));
            }
            sampleStacks[next++] = stack;
        }
    }

    /**
     * A process that began anew counts less in all, or has lost most of its stacks. One stack that shrinks is no proof,
     * and taking it for one would report everything since the process' start once more.
     */
    private boolean hasRestarted(int[] cumulative) {
        long[] change = new long[cumulative.length];
        int known = 0;
        int smaller = 0;
        for (int stack = 0; stack < stacks.size(); stack++) {
            boolean shrank = false;
            for (int column = 0; column < cumulative.length; column++) {
                long difference = stacks.now(stack, cumulative[column]) - stacks.before(stack, column);
                change[column] += difference;
                shrank |= difference < 0;
            }
            if (stacks.is(stack, StackTable.KNOWN)) {
                known++;
                smaller += shrank ? 1 : 0;
            }
        }
        boolean less = false;
        for (long difference : change) {
            less |= difference < 0;
        }
        return less || smaller * 2L > known;
    }
}
