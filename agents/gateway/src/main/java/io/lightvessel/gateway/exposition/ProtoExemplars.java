package io.lightvessel.gateway.exposition;

import static io.lightvessel.gateway.exposition.WireCursor.FIXED64;
import static io.lightvessel.gateway.exposition.WireCursor.LEN;

import io.lightvessel.gateway.exposition.ExpositionParser.ExemplarSink;
import java.nio.charset.StandardCharsets;

/** The exemplars of one entry in the protobuf format. */
final class ProtoExemplars {
    private final WireCursor in = new WireCursor();
    private final Places places = new Places();
    private byte[] body = {};

    void open(byte[] body, int start, int end) {
        this.body = body;
        in.open(body, start, end);
        places.clear();
    }

    void clear() {
        places.clear();
    }

    int count() {
        return places.count();
    }

    void add(Places found, int index) {
        places.add(found.from(index), found.to(index));
    }

    /** Adds the exemplar if it has a time: those of native histograms must have. */
    void addTimed(Places found, int index) throws MalformedExposition {
        in.enter(found.from(index), found.to(index));
        boolean timed = false;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            timed |= tag == (3 << 3 | LEN);
            in.skip(tag);
        }
        if (timed) {
            add(found, index);
        }
    }

    void tell(int index, ExemplarSink sink) throws MalformedExposition {
        if (index < 0 || index >= places.count()) {
            throw new IndexOutOfBoundsException(index);
        }
        in.enter(places.from(index), places.to(index));
        double value = 0;
        boolean timed = false;
        long timestamp = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | LEN -> label(sink);
                case 2 << 3 | FIXED64 -> value = Double.longBitsToDouble(in.fixed64());
                case 3 << 3 | LEN -> {
                    timed = true;
                    timestamp = ProtoHistogram.timestamp(in);
                }
                default -> in.skip(tag);
            }
        }
        sink.end(value, timed, timestamp);
    }

    private void label(ExemplarSink sink) throws MalformedExposition {
        int outer = in.into();
        String name = "";
        String value = "";
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case 1 << 3 | LEN -> name = text();
                case 2 << 3 | LEN -> value = text();
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        sink.label(name, value);
    }

    private String text() throws MalformedExposition {
        int to = in.past();
        return new String(body, to - in.lastLength(), in.lastLength(), StandardCharsets.UTF_8);
    }
}
