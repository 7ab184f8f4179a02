package io.lightvessel.agent.loki;

import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code logproto.PushRequest} by its field numbers; a field that Loki does not know is an error. */
final class PushRequest {
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"(?:, |$)");

    private PushRequest() {}

    static List<StoredLine> lines(byte[] request) throws IOException {
        List<StoredLine> lines = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(request);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            expect(tag, 1);
            stream(in.readBytes().newCodedInput(), lines);
        }
        return lines;
    }

    private static void stream(CodedInputStream in, List<StoredLine> lines) throws IOException {
        SortedMap<String, String> labels = new TreeMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 == 1) {
                labels = labels(in.readString());
            } else {
                expect(tag, 2);
                lines.add(entry(in.readBytes().newCodedInput(), labels));
            }
        }
    }

    private static StoredLine entry(CodedInputStream in, SortedMap<String, String> labels) throws IOException {
        long nanos = 0;
        String text = "";
        Map<String, String> beside = new LinkedHashMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> nanos = time(in.readBytes().newCodedInput());
                case 2 -> text = in.readString();
                default -> {
                    expect(tag, 3);
                    pair(in.readBytes().newCodedInput(), beside);
                }
            }
        }
        return new StoredLine(labels, nanos, text, beside);
    }

    private static long time(CodedInputStream in) throws IOException {
        long nanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            nanos += in.readInt64() * (tag >>> 3 == 1 ? 1_000_000_000L : 1);
        }
        return nanos;
    }

    private static void pair(CodedInputStream in, Map<String, String> pairs) throws IOException {
        String name = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 == 1) {
                name = in.readString();
            } else {
                expect(tag, 2);
                value = in.readString();
            }
        }
        if (pairs.put(name, value) != null) {
            throw new IOException(name + " twice beside a line");
        }
    }

    private static SortedMap<String, String> labels(String text) throws IOException {
        SortedMap<String, String> labels = new TreeMap<>();
        String inner = text.substring(1, text.length() - 1);
        Matcher label = LABEL.matcher(inner);
        int end = 0;
        while (label.find() && label.start() == end) {
            labels.put(label.group(1), label.group(2));
            end = label.end();
        }
        if (end != inner.length() || !text.startsWith("{") || !text.endsWith("}")) {
            throw new IOException(text + " (expected: labels)");
        }
        return labels;
    }

    private static void expect(int tag, int field) throws IOException {
        if (tag >>> 3 != field) {
            throw new IOException("field %d (expected: %d)".formatted(tag >>> 3, field));
        }
    }
}
