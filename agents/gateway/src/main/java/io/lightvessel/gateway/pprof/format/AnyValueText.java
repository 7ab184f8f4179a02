package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an {@code AnyValue} as what labels can hold. */
final class AnyValueText {
    private static final int TEXT = 1 << 3 | ProtoWriter.LEN;
    private static final int BOOL = 2 << 3;
    private static final int INT = 3 << 3;
    private static final int DOUBLE = 4 << 3 | ProtoWriter.FIXED64;

    private static final int LIST = 5 << 3 | ProtoWriter.LEN;

    private AnyValueText() {}

    /** The value as text; null when it is a list, a map, bytes or nothing. */
    static @Nullable String read(ProtoReader reader) throws MalformedPayload {
        String text = null;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case TEXT -> text = reader.string();
                case BOOL -> text = reader.varint() == 0 ? "false" : "true";
                case INT -> text = Long.toString(reader.varint());
                case DOUBLE -> text = Double.toString(Double.longBitsToDouble(reader.fixed64()));
                default -> reader.skipField(tag);
            }
        }
        return text;
    }

    /** The texts of an attribute that holds a list of them, or one. */
    static List<String> list(ProtoReader reader, OtlpTables tables, long attribute) throws MalformedPayload {
        List<String> texts = new ArrayList<>();
        if (tables.seek(reader, OtlpTables.ATTRIBUTES, attribute)) {
            for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
                if (tag == (2 << 3 | ProtoWriter.LEN)) {
                    int outer = reader.enter();
                    values(reader, texts);
                    reader.leave(outer);
                } else {
                    reader.skipField(tag);
                }
            }
        }
        return texts;
    }

    private static void values(ProtoReader reader, List<String> texts) throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case TEXT -> texts.add(reader.string());
                case LIST -> {
                    int list = reader.enter();
                    for (int inner = reader.tag(); inner != 0; inner = reader.tag()) {
                        if (inner == (1 << 3 | ProtoWriter.LEN)) {
                            int value = reader.enter();
                            String text = read(reader);
                            reader.leave(value);
                            if (text != null) {
                                texts.add(text);
                            }
                        } else {
                            reader.skipField(inner);
                        }
                    }
                    reader.leave(list);
                }
                default -> reader.skipField(tag);
            }
        }
    }
}
