package io.lightvessel.gateway.otlp.json;

import static io.lightvessel.gateway.otlp.json.Kind.BASE64;
import static io.lightvessel.gateway.otlp.json.Kind.FIXED64;
import static io.lightvessel.gateway.otlp.json.Kind.INT32;
import static io.lightvessel.gateway.otlp.json.Kind.INT64;
import static io.lightvessel.gateway.otlp.json.Kind.SPAN_ID;
import static io.lightvessel.gateway.otlp.json.Kind.STRING;
import static io.lightvessel.gateway.otlp.json.Kind.TRACE_ID;
import static io.lightvessel.gateway.otlp.json.Kind.UINT32;
import static io.lightvessel.gateway.otlp.json.Kind.UINT64;

/** The messages of the profiles signal, which is in development and changes with every version of the protocol. */
final class ProfileTables {
    private ProfileTables() {}

    static MessageTable profile() {
        MessageTable valueType =
                new MessageTable("ValueType").one(1, "typeStrindex", INT32).one(2, "unitStrindex", INT32);
        MessageTable sample = new MessageTable("Sample")
                .one(1, "stackIndex", INT32)
                .many(2, "attributeIndices", INT32)
                .one(3, "linkIndex", INT32)
                .many(4, "values", INT64)
                .many(5, "timestampsUnixNano", FIXED64);
        return new MessageTable("Profile")
                .one(1, "sampleType", valueType)
                .many(2, "samples", sample)
                .one(3, "timeUnixNano", FIXED64)
                .one(4, "durationNano", UINT64)
                .one(5, "periodType", valueType)
                .one(6, "period", INT64)
                .one(7, "profileId", BASE64)
                .one(8, "droppedAttributesCount", UINT32)
                .one(9, "originalPayloadFormat", STRING)
                .one(10, "originalPayload", BASE64)
                .many(11, "attributeIndices", INT32);
    }

    static MessageTable dictionary(MessageTable anyValue) {
        MessageTable mapping = new MessageTable("Mapping")
                .one(1, "memoryStart", UINT64)
                .one(2, "memoryLimit", UINT64)
                .one(3, "fileOffset", UINT64)
                .one(4, "filenameStrindex", INT32)
                .many(5, "attributeIndices", INT32);
        MessageTable line = new MessageTable("Line")
                .one(1, "functionIndex", INT32)
                .one(2, "line", INT64)
                .one(3, "column", INT64);
        MessageTable location = new MessageTable("Location")
                .one(1, "mappingIndex", INT32)
                .one(2, "address", UINT64)
                .many(3, "lines", line)
                .many(4, "attributeIndices", INT32);
        MessageTable function = new MessageTable("Function")
                .one(1, "nameStrindex", INT32)
                .one(2, "systemNameStrindex", INT32)
                .one(3, "filenameStrindex", INT32)
                .one(4, "startLine", INT64);
        MessageTable attribute = new MessageTable("KeyValueAndUnit")
                .one(1, "keyStrindex", INT32)
                .one(2, "value", anyValue)
                .one(3, "unitStrindex", INT32);
        return new MessageTable("ProfilesDictionary")
                .many(1, "mappingTable", mapping)
                .many(2, "locationTable", location)
                .many(3, "functionTable", function)
                .many(
                        4,
                        "linkTable",
                        new MessageTable("Link").one(1, "traceId", TRACE_ID).one(2, "spanId", SPAN_ID))
                .many(5, "stringTable", STRING)
                .many(6, "attributeTable", attribute)
                .many(7, "stackTable", new MessageTable("Stack").many(1, "locationIndices", INT32));
    }
}
