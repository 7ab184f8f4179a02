package io.lightvessel.gateway.tail;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** Reads one Span (opentelemetry/proto/trace/v1). */
final class Spans {
    private static final List<String> KINDS =
            List.of("unspecified", "internal", "server", "client", "producer", "consumer");
    private static final List<String> STATUS = List.of("unset", "ok", "error");
    private static final int MOST_EVENTS = 16;

    private Spans() {}

    static Draft read(ByteBuf bytes, WireReader in) throws MalformedPayload {
        Draft draft = new Draft();
        long end = 0;
        long links = 0;
        List<String> events = new ArrayList<>();
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case 1 << 3 | WireReader.LENGTH_DELIMITED -> draft.field("trace_id", Values.hex(bytes, in));
                case 2 << 3 | WireReader.LENGTH_DELIMITED -> draft.field("span_id", Values.hex(bytes, in));
                case 4 << 3 | WireReader.LENGTH_DELIMITED -> draft.field("parent_span_id", Values.hex(bytes, in));
                case 5 << 3 | WireReader.LENGTH_DELIMITED -> draft.title = Values.text(bytes, in);
                case 6 << 3 -> draft.field("kind", word(KINDS, in.readVarint()));
                case 7 << 3 | WireReader.FIXED64 -> draft.time = in.readFixed64();
                case 8 << 3 | WireReader.FIXED64 -> end = in.readFixed64();
                case 9 << 3 | WireReader.LENGTH_DELIMITED -> Values.attribute(bytes, in, draft.attributes);
                case 11 << 3 | WireReader.LENGTH_DELIMITED -> event(bytes, in, events);
                case 13 << 3 | WireReader.LENGTH_DELIMITED -> {
                    links++;
                    in.skip(tag);
                }
                case 15 << 3 | WireReader.LENGTH_DELIMITED -> status(bytes, in, draft);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        if (end >= draft.time && draft.time != 0) {
            draft.field("duration", Values.duration(end - draft.time));
        }
        draft.field("events", String.join(", ", events));
        draft.field("links", links == 0 ? "" : String.valueOf(links));
        return draft;
    }

    private static void event(ByteBuf bytes, WireReader in, List<String> events) throws MalformedPayload {
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            if (tag == (2 << 3 | WireReader.LENGTH_DELIMITED) && events.size() < MOST_EVENTS) {
                events.add(Values.text(bytes, in));
            } else {
                in.skip(tag);
            }
        }
        in.leave(outer);
    }

    private static void status(ByteBuf bytes, WireReader in, Draft draft) throws MalformedPayload {
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case 2 << 3 | WireReader.LENGTH_DELIMITED -> draft.field("status_message", Values.text(bytes, in));
                case 3 << 3 -> draft.field("status", word(STATUS, in.readVarint()));
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
    }

    private static String word(List<String> words, long number) {
        return number >= 0 && number < words.size() ? words.get((int) number) : String.valueOf(number);
    }
}
