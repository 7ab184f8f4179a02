package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.protobuf.ProtoWriter;

/**
 * What has to be remembered of a profile to tell the next one's difference: for each stack its hash and the values that
 * only grow, in eight bytes and as few more as the values need. The same bytes are kept in memory and handed over.
 */
public final class DeltaState {
    private static final int VERSION = 1;

    private final byte[] bytes;
    private final long time;
    private final int columns;
    private final int stacks;
    private final int start;

    private DeltaState(byte[] bytes, long time, int columns, int stacks, int start) {
        this.bytes = bytes;
        this.time = time;
        this.columns = columns;
        this.stacks = stacks;
        this.start = start;
    }

    /** @throws MalformedProfile when the bytes are none of this version's */
    public static DeltaState of(byte[] bytes) throws MalformedProfile {
        ProfileCursor cursor = new ProfileCursor().over(bytes, 0, bytes.length);
        long version = cursor.varint();
        if (version != VERSION) {
            throw new MalformedProfile("state of version " + version + " (expected: " + VERSION + ")");
        }
        long time = cursor.varint();
        long columns = cursor.varint();
        long stacks = cursor.varint();
        if (columns < 0 || columns > 64 || stacks < 0 || stacks > bytes.length / 8) {
            throw new MalformedProfile(
                    "state of " + stacks + " stacks with " + columns + " values (expected: what its size allows)");
        }
        return new DeltaState(bytes, time, (int) columns, (int) stacks, cursor.position());
    }

    /** Of the stacks that have been seen now. */
    static DeltaState of(StackTable table, int[] cumulative, long time, ProtoWriter scratch) {
        scratch.clear();
        int seen = 0;
        for (int stack = 0; stack < table.size(); stack++) {
            if (table.is(stack, StackTable.SEEN)) {
                seen++;
            }
        }
        scratch.varint(VERSION);
        scratch.varint(time);
        scratch.varint(cumulative.length);
        scratch.varint(seen);
        int start = scratch.size();
        for (int stack = 0; stack < table.size(); stack++) {
            if (table.is(stack, StackTable.SEEN)) {
                scratch.fixed64(table.hash(stack));
                for (int type : cumulative) {
                    scratch.varint(table.now(stack, type));
                }
            }
        }
        return new DeltaState(scratch.toByteArray(), time, cumulative.length, seen, start);
    }

    void load(StackTable table) throws MalformedProfile {
        ProfileCursor cursor = new ProfileCursor();
        int at = start;
        for (int stack = 0; stack < stacks; stack++) {
            if (bytes.length - at < 8) {
                throw new MalformedProfile(stack + " stacks in a state (expected: " + stacks + ")");
            }
            int found = table.find((long) Bytes.LONG.get(bytes, at));
            cursor.over(bytes, at + 8, bytes.length);
            for (int column = 0; column < columns; column++) {
                table.before(found, column, cursor.varint());
            }
            table.mark(found, StackTable.KNOWN);
            at = cursor.position();
        }
    }

    /** When the profile was taken, in nanoseconds since 1970. */
    public long time() {
        return time;
    }

    int columns() {
        return columns;
    }

    public int stacks() {
        return stacks;
    }

    /** To be read again by {@link #of(byte[])}; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
