package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import java.nio.charset.StandardCharsets;

/** Writes OTLP attributes; values are texts unless they are numbers from the start. */
final class Attributes {

    private Attributes() {}

    static void write(ProtoWriter out, int field, SeriesReader reader, int name, int value) {
        int attribute = out.begin(field);
        symbol(out, 1, reader, name, 0);
        int any = out.begin(2);
        symbol(out, 1, reader, value, 0);
        out.end(any);
        out.end(attribute);
    }

    /** An attribute whose key is a symbol without its beginning. */
    static void writeWithout(ProtoWriter out, int field, SeriesReader reader, int name, int cut, int value) {
        int attribute = out.begin(field);
        symbol(out, 1, reader, name, cut);
        int any = out.begin(2);
        symbol(out, 1, reader, value, 0);
        out.end(any);
        out.end(attribute);
    }

    static void symbol(ProtoWriter out, int field, SeriesReader reader, int symbol, int cut) {
        int length = reader.symbols().length(symbol) - cut;
        out.tag(field, ProtoWriter.LEN);
        out.varint(length);
        out.raw(reader.bytes(), reader.symbols().start(symbol) + cut, length);
    }

    static void text(ProtoWriter out, int field, String key, String value) {
        int attribute = out.begin(field);
        out.string(1, key);
        int any = out.begin(2);
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.bytes(1, utf8, 0, utf8.length);
        out.end(any);
        out.end(attribute);
    }

    static void number(ProtoWriter out, int field, String key, long value) {
        int attribute = out.begin(field);
        out.string(1, key);
        int any = out.begin(2);
        out.varint(3, value);
        out.end(any);
        out.end(attribute);
    }
}
