package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.Arrays;

/** Reads repeated numbers, which writers may pack or not. */
final class Repeated {
    private Repeated() {}

    /** All numbers of one field in the rest of the message. */
    static long[] numbers(ProtoReader reader, int field) throws MalformedPayload {
        long[] numbers = new long[16];
        int count = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (field << 3 | ProtoWriter.LEN)) {
                int outer = reader.enter();
                while (reader.hasMore()) {
                    numbers = with(numbers, count++, reader.varint());
                }
                reader.leave(outer);
            } else if (tag == field << 3) {
                numbers = with(numbers, count++, reader.varint());
            } else {
                reader.skipField(tag);
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private static long[] with(long[] numbers, int at, long number) {
        long[] room = at < numbers.length ? numbers : Arrays.copyOf(numbers, at * 2);
        room[at] = number;
        return room;
    }
}
