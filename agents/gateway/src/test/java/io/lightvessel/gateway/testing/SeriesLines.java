package io.lightvessel.gateway.testing;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The content of a request of remote write 2.0 as lines; breaking its rules is an error. */
public final class SeriesLines {
    private static final long STALE = 0x7FF0_0000_0000_0002L;
    private static final String[] TYPES = {
        "", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"
    };

    public final List<String> symbols = new ArrayList<>();
    public final List<String> lines = new ArrayList<>();

    public SeriesLines(byte[] request) {
        try {
            read(request);
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
        if (!symbols.getFirst().isEmpty()) {
            throw new AssertionError("the first symbol is " + symbols.getFirst());
        }
        if (new HashSet<>(symbols).size() != symbols.size()) {
            throw new AssertionError("symbols are there twice: " + symbols);
        }
    }

    public static List<String> of(byte[] request) {
        return new SeriesLines(request).lines;
    }

    private void read(byte[] request) throws MalformedPayload {
        ProtoReader in = new ProtoReader(Unpooled.wrappedBuffer(request));
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag >>> 3) {
                case 4 -> symbols.add(in.string());
                case 5 -> {
                    int outer = in.enter();
                    lines.add(series(in));
                    in.leave(outer);
                }
                default -> throw new AssertionError("field " + (tag >>> 3) + " of a request");
            }
        }
    }

    private String series(ProtoReader in) throws MalformedPayload {
        String labels = "";
        String metadata = "";
        StringBuilder values = new StringBuilder();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag >>> 3 == 1) {
                labels = labels(in, true);
                continue;
            }
            int outer = in.enter();
            switch (tag >>> 3) {
                case 2 -> values.append(' ').append(sample(in));
                case 3 -> values.append(" histogram").append(histogram(in));
                case 4 -> values.append(" # ").append(exemplar(in));
                case 5 -> metadata = metadata(in);
                default -> throw new AssertionError("field " + (tag >>> 3) + " of a series");
            }
            in.leave(outer);
        }
        return labels + values + metadata;
    }

    private String labels(ProtoReader in, boolean ofSeries) throws MalformedPayload {
        int outer = in.enter();
        String name = "";
        String before = "";
        List<String> texts = new ArrayList<>();
        while (in.hasMore()) {
            String label = symbols.get((int) in.varint());
            String value = symbols.get((int) in.varint());
            if (label.isEmpty() || value.isEmpty() || ofSeries && label.compareTo(before) <= 0) {
                throw new AssertionError("labels are not sorted, unique and non-empty: " + before + ", " + label);
            }
            before = label;
            if (label.equals("__name__")) {
                name = value;
            } else {
                texts.add(label + "=\"" + value + "\"");
            }
        }
        in.leave(outer);
        return name + "{" + String.join(",", texts) + "}";
    }

    private static String sample(ProtoReader in) throws MalformedPayload {
        long bits = 0;
        long time = 0;
        long start = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag >>> 3) {
                case 1 -> bits = in.fixed64();
                case 2 -> time = in.varint();
                case 3 -> start = in.varint();
                default -> throw new AssertionError("field " + (tag >>> 3) + " of a sample");
            }
        }
        return (bits == STALE ? "stale" : Double.longBitsToDouble(bits)) + "@" + time + (start == 0 ? "" : "/" + start);
    }

    private static String histogram(ProtoReader in) throws MalformedPayload {
        StringBuilder text = new StringBuilder();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            text.append(' ').append(tag >>> 3).append('=');
            switch (tag & 7) {
                case 0 -> text.append(in.varint());
                case 1 -> {
                    long bits = in.fixed64();
                    text.append(bits == STALE ? "stale" : Double.longBitsToDouble(bits));
                }
                default -> {
                    int outer = in.enter();
                    String between = "";
                    while (in.hasMore()) {
                        text.append(between).append(in.varint());
                        between = ",";
                    }
                    in.leave(outer);
                }
            }
        }
        return text.toString();
    }

    private String exemplar(ProtoReader in) throws MalformedPayload {
        String labels = "{}";
        double value = 0;
        long time = 0;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag >>> 3) {
                case 1 -> labels = labels(in, false);
                case 2 -> value = Double.longBitsToDouble(in.fixed64());
                case 3 -> time = in.varint();
                default -> throw new AssertionError("field " + (tag >>> 3) + " of an exemplar");
            }
        }
        return labels + " " + value + "@" + time;
    }

    private String metadata(ProtoReader in) throws MalformedPayload {
        String type = "";
        String help = "";
        String unit = "";
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag >>> 3) {
                case 1 -> type = TYPES[(int) in.varint()];
                case 3 -> help = symbols.get((int) in.varint());
                case 4 -> unit = symbols.get((int) in.varint());
                default -> throw new AssertionError("field " + (tag >>> 3) + " of metadata");
            }
        }
        return " [" + type + (help.isEmpty() ? "" : "|" + help) + (unit.isEmpty() ? "" : "|" + unit) + "]";
    }
}
