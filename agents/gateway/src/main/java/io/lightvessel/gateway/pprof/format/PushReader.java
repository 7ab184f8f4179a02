package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.pprof.PushRequest;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;

/** Goes through the series of a {@code push.v1.PushRequest}. */
public final class PushReader {

    /** Takes what is in a request: for each series its bounds, its labels, then its profiles. */
    public interface Visitor {

        /** @param start index of the series' field, tag included */
        default void series(int start, int end) throws MalformedPayload {}

        default void label(String name, String value) throws MalformedPayload {}

        /** A whole sample of a series, tag included. */
        default void sample(int start, int end) throws MalformedPayload {}

        /** A packed profile between two indices of the request's bytes. */
        default void profile(int start, int end) throws MalformedPayload {}

        /** The series is over. */
        default void end() throws MalformedPayload {}
    }

    private final ProtoReader reader;

    public PushReader(ByteBuf request) {
        reader = new ProtoReader(request);
    }

    public void visit(Visitor visitor) throws MalformedPayload {
        while (true) {
            int start = reader.position();
            int tag = reader.tag();
            if (tag == 0) {
                return;
            }
            if (tag != (PushRequest.SERIES << 3 | ProtoWriter.LEN)) {
                reader.skipField(tag);
                continue;
            }
            int content = reader.position();
            int outer = reader.enter();
            int end = skipAll();
            visitor.series(start, end);
            reader.reset(content, reader.bytes().writerIndex());
            labels(visitor);
            reader.reset(content, reader.bytes().writerIndex());
            profiles(visitor);
            visitor.end();
            reader.reset(end, outer);
        }
    }

    private int skipAll() throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            reader.skipField(tag);
        }
        return reader.position();
    }

    private void labels(Visitor visitor) throws MalformedPayload {
        int outer = reader.enter();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (PushRequest.LABEL << 3 | ProtoWriter.LEN)) {
                int series = reader.enter();
                label(visitor);
                reader.leave(series);
            } else {
                reader.skipField(tag);
            }
        }
        reader.leave(outer);
    }

    private void label(Visitor visitor) throws MalformedPayload {
        String name = "";
        String value = "";
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case PushRequest.LABEL_NAME << 3 | ProtoWriter.LEN -> name = reader.string();
                case PushRequest.LABEL_VALUE << 3 | ProtoWriter.LEN -> value = reader.string();
                default -> reader.skipField(tag);
            }
        }
        visitor.label(name, value);
    }

    private void profiles(Visitor visitor) throws MalformedPayload {
        int outer = reader.enter();
        int start = reader.position();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (PushRequest.SAMPLE << 3 | ProtoWriter.LEN)) {
                int series = reader.enter();
                profile(visitor);
                reader.leave(series);
                visitor.sample(start, reader.position());
            } else {
                reader.skipField(tag);
            }
            start = reader.position();
        }
        reader.leave(outer);
    }

    private void profile(Visitor visitor) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (PushRequest.RAW_PROFILE << 3 | ProtoWriter.LEN)) {
                int length = reader.length();
                visitor.profile(reader.position(), reader.position() + length);
                reader.skip(length);
            } else {
                reader.skipField(tag);
            }
        }
    }
}
