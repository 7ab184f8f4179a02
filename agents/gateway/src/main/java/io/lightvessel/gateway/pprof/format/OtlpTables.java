package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/** Where the entries of a {@code ProfilesDictionary}'s tables lie. Reused. */
final class OtlpTables {
    static final int MAPPINGS = 1;
    static final int LOCATIONS = 2;
    static final int FUNCTIONS = 3;
    static final int LINKS = 4;
    static final int STRINGS = 5;
    static final int ATTRIBUTES = 6;
    static final int STACKS = 7;

    private static final String[] NAMES = {"", "mapping", "location", "function", "link", "string", "attribute", "stack"
    };

    private final int[][] bounds = new int[STACKS + 1][64];
    private final int[] sizes = new int[STACKS + 1];

    void clear() {
        Arrays.fill(sizes, 0);
    }

    /** Reads the dictionary that the reader is in. */
    void read(ProtoReader reader) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            int table = tag >>> 3;
            if ((tag & 7) == ProtoWriter.LEN && table >= MAPPINGS && table <= STACKS) {
                int length = reader.length();
                add(table, reader.position(), reader.position() + length);
                reader.skip(length);
            } else {
                reader.skipField(tag);
            }
        }
    }

    private void add(int table, int start, int end) {
        int at = sizes[table] * 2;
        if (at == bounds[table].length) {
            bounds[table] = Arrays.copyOf(bounds[table], at * 2);
        }
        bounds[table][at] = start;
        bounds[table][at + 1] = end;
        sizes[table]++;
    }

    int size(int table) {
        return sizes[table];
    }

    /** Goes to an entry; an index beyond the table is an error, but for the first entry, which stands for nothing. */
    boolean seek(ProtoReader reader, int table, long index) throws MalformedPayload {
        if (index < 0 || index >= sizes[table]) {
            if (index == 0) {
                return false;
            }
            throw new MalformedPayload(NAMES[table] + " " + index + " (expected: less than " + sizes[table]
                    + ", as many as the dictionary has)");
        }
        reader.reset(bounds[table][(int) index * 2], bounds[table][(int) index * 2 + 1]);
        return true;
    }

    int start(int table, int index) {
        return bounds[table][index * 2];
    }

    int end(int table, int index) {
        return bounds[table][index * 2 + 1];
    }
}
