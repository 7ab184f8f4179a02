package io.lightvessel.gateway.tail;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.WireReader;
import io.netty.buffer.ByteBuf;

/** Reads one LogRecord (opentelemetry/proto/logs/v1). */
final class LogRecords {
    private LogRecords() {}

    static Draft read(ByteBuf bytes, WireReader in) throws MalformedPayload {
        Draft draft = new Draft();
        String eventName = "";
        long observed = 0;
        int outer = in.enter();
        while (in.hasMore()) {
            int tag = in.readTag();
            switch (tag) {
                case 1 << 3 | WireReader.FIXED64 -> draft.time = in.readFixed64();
                case 2 << 3 -> draft.severityNumber = (int) in.readVarint();
                case 3 << 3 | WireReader.LENGTH_DELIMITED -> draft.severityText = Values.text(bytes, in);
                case 5 << 3 | WireReader.LENGTH_DELIMITED -> draft.title = Values.any(bytes, in);
                case 6 << 3 | WireReader.LENGTH_DELIMITED -> Values.attribute(bytes, in, draft.attributes);
                case 9 << 3 | WireReader.LENGTH_DELIMITED -> draft.field("trace_id", Values.hex(bytes, in));
                case 10 << 3 | WireReader.LENGTH_DELIMITED -> draft.field("span_id", Values.hex(bytes, in));
                case 11 << 3 | WireReader.FIXED64 -> observed = in.readFixed64();
                case 12 << 3 | WireReader.LENGTH_DELIMITED -> eventName = Values.text(bytes, in);
                default -> in.skip(tag);
            }
        }
        in.leave(outer);
        draft.field("event_name", eventName);
        if (draft.title.isEmpty()) {
            draft.title = eventName;
        }
        if (draft.time == 0) {
            draft.time = observed;
        }
        return draft;
    }
}
