package io.lightvessel.gateway.loki;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** Where the name and the version of an instrumentation scope lie in the payload. */
final class Scope {
    int nameStart;
    int nameLength;
    int versionStart;
    int versionLength;

    void clear() {
        nameLength = 0;
        versionLength = 0;
    }

    /** Reads the InstrumentationScope that the reader has entered. */
    void read(ProtoReader reader) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (1 << 3 | ProtoWriter.LEN)) {
                nameLength = reader.length();
                nameStart = reader.position();
                reader.skip(nameLength);
            } else if (tag == (2 << 3 | ProtoWriter.LEN)) {
                versionLength = reader.length();
                versionStart = reader.position();
                reader.skip(versionLength);
            } else {
                reader.skipField(tag);
            }
        }
    }
}
