package io.lightvessel.gateway.otlp.json;

/** How a field's value looks in OTLP JSON and which wire form it takes. */
enum Kind {
    STRING,
    BASE64,
    TRACE_ID,
    SPAN_ID,
    BOOL,
    ENUM,
    INT32,
    UINT32,
    SINT32,
    FIXED32,
    INT64,
    UINT64,
    FIXED64,
    SFIXED64,
    DOUBLE,
    MESSAGE;

    int wireType() {
        return switch (this) {
            case STRING, BASE64, TRACE_ID, SPAN_ID, MESSAGE -> 2;
            case BOOL, ENUM, INT32, UINT32, SINT32, INT64, UINT64 -> 0;
            case FIXED32 -> 5;
            case FIXED64, SFIXED64, DOUBLE -> 1;
        };
    }
}
