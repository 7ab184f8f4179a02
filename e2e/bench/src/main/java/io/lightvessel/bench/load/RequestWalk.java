package io.lightvessel.bench.load;

import java.util.function.IntConsumer;

/** Counts the records of a request by its lengths, and names the requests it was made of. */
final class RequestWalk {

    private final boolean metrics;
    private final IntConsumer ids;
    private byte[] bytes = new byte[0];
    private int at;
    private long records;

    /** @param ids told the number of every request */
    RequestWalk(Telemetry telemetry, IntConsumer ids) {
        this.metrics = telemetry == Telemetry.METRICS;
        this.ids = ids;
    }

    long count(byte[] request, int from, int to) {
        bytes = request;
        at = from;
        records = 0;
        while (at < to) {
            if (varint() == 0x0A) {
                group(enter());
            } else {
                throw new IllegalStateException("a request with a field that was not sent");
            }
        }
        return records;
    }

    private void group(int to) {
        while (at < to) {
            long tag = varint();
            int end = enter();
            if (tag == 0x0A) {
                int id = Body.numberIn(bytes, at, end);
                if (id >= 0) {
                    ids.accept(id);
                }
            } else if (tag == 0x12) {
                scope(end);
            }
            at = end;
        }
    }

    private void scope(int to) {
        while (at < to) {
            long tag = varint();
            int end = enter();
            if (tag == 0x12) {
                if (metrics) {
                    metric(end);
                } else {
                    records++;
                }
            }
            at = end;
        }
    }

    private void metric(int to) {
        while (at < to) {
            long tag = varint();
            int end = enter();
            // gauge, sum, histogram, exponential histogram, summary
            if (tag == 0x2A || tag == 0x3A || tag == 0x4A || tag == 0x52 || tag == 0x5A) {
                points(end);
            }
            at = end;
        }
    }

    private void points(int to) {
        while (at < to) {
            long tag = varint();
            if ((tag & 7) == 0) {
                varint();
                continue;
            }
            int end = enter();
            if (tag == 0x0A) {
                records++;
            }
            at = end;
        }
    }

    private int enter() {
        int length = (int) varint();
        return at + length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
