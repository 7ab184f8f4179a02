package io.lightvessel.gateway.prometheus;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One request of remote write 2.0 as a receiver sees it: its series as lines, and what breaks the specification. */
final class WrittenV2 {
    private static final String[] TYPES = {
        "unspecified", "counter", "gauge", "histogram", "gaugehistogram", "summary", "info", "stateset"
    };

    final List<String> lines = new ArrayList<>();
    /** What the specification forbids. */
    final List<String> must = new ArrayList<>();
    /** What it advises against. */
    final List<String> should = new ArrayList<>();

    int samples;
    /** Samples of what a scrape says of itself, if that is kept apart from what the target said. */
    int reports;

    int histograms;
    int exemplars;
    /** Native histograms with their fields. */
    final List<String> nativeHistograms = new ArrayList<>();

    private final List<String> symbols = new ArrayList<>();
    private final boolean reportsApart;

    WrittenV2(byte[] packed, boolean reportsApart) {
        this.reportsApart = reportsApart;
        ByteBuf plain = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(packed), plain);
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes);
        try {
            read(DynamicMessage.parseFrom(WriteSchema.REQUEST, bytes));
        } catch (InvalidProtocolBufferException e) {
            must.add("not parseable: " + e.getMessage());
        }
    }

    private void read(Message request) {
        unknown(request);
        list(request, "symbols").forEach(symbol -> symbols.add((String) symbol));
        if (symbols.isEmpty() || !symbols.getFirst().isEmpty()) {
            must.add("the first symbol is not empty");
        }
        if (new HashSet<>(symbols).size() != symbols.size()) {
            must.add("symbols are there twice: " + symbols);
        }
        Set<Integer> used = new HashSet<>(Set.of(0));
        for (Object series : list(request, "timeseries")) {
            series((Message) series, used);
        }
        if (used.size() != symbols.size()) {
            should.add((symbols.size() - used.size()) + " symbols are not referred to");
        }
    }

    private void series(Message series, Set<Integer> used) {
        unknown(series);
        StringBuilder line = new StringBuilder(labels(series, used, true));
        boolean report = reportsApart && isReport(line);
        int before = samples;
        List<?> floats = list(series, "samples");
        List<?> natives = list(series, "histograms");
        if (floats.isEmpty() && natives.isEmpty()) {
            must.add("neither samples nor histograms: " + line);
        }
        if (!floats.isEmpty() && !natives.isEmpty()) {
            must.add("samples and histograms in one series: " + line);
        }
        Message metadata = (Message) get(series, "metadata");
        int type = (int) get(metadata, "type");
        used.add((int) get(metadata, "help_ref"));
        used.add((int) get(metadata, "unit_ref"));
        if (type == 0) {
            should.add("no type: " + line);
        }
        boolean counts = type == 1 || type == 3 || type == 5;
        long last = Long.MIN_VALUE;
        for (Object sample : floats) {
            samples++;
            last = times((Message) sample, last, counts, line);
            double value = (double) get((Message) sample, "value");
            boolean stale = Double.doubleToRawLongBits(value) == PointReader.STALE;
            line.append(' ').append(stale ? "stale" : value).append(stamps((Message) sample));
        }
        for (Object histogram : natives) {
            histograms++;
            nativeHistograms.add(fields((Message) histogram));
            last = times((Message) histogram, last, counts, line);
            line.append(" histogram ")
                    .append(get((Message) histogram, "count_int"))
                    .append(stamps((Message) histogram));
        }
        for (Object exemplar : list(series, "exemplars")) {
            exemplars++;
            if ((long) get((Message) exemplar, "timestamp") == 0) {
                must.add("an exemplar without a timestamp: " + line);
            }
            line.append(" # ")
                    .append(labels((Message) exemplar, used, false))
                    .append(' ')
                    .append(get((Message) exemplar, "value"))
                    .append('@')
                    .append(get((Message) exemplar, "timestamp"));
        }
        if (report) {
            reports += samples - before;
            samples = before;
            return;
        }
        lines.add(line.append(" [")
                .append(TYPES[type])
                .append('|')
                .append(symbol((int) get(metadata, "help_ref")))
                .append('|')
                .append(symbol((int) get(metadata, "unit_ref")))
                .append(']')
                .toString());
    }

    /** Whether a line is one of those that scrapers add to every scrape. */
    static boolean isReport(CharSequence line) {
        return line.toString().startsWith("up{") || line.toString().startsWith("scrape_");
    }

    List<String> symbols() {
        return symbols;
    }

    private static String fields(Message histogram) {
        return "count " + get(histogram, "count_int") + " sum " + get(histogram, "sum") + " schema "
                + get(histogram, "schema") + " zero " + get(histogram, "zero_count_int") + "@"
                + get(histogram, "zero_threshold") + " negative " + spans(histogram, "negative") + " positive "
                + spans(histogram, "positive") + " time " + get(histogram, "timestamp");
    }

    private static String spans(Message histogram, String side) {
        List<String> spans = new ArrayList<>();
        for (Object span : list(histogram, side + "_spans")) {
            spans.add(get((Message) span, "offset") + "+" + get((Message) span, "length"));
        }
        return spans + " " + list(histogram, side + "_deltas");
    }

    private static String stamps(Message sample) {
        long start = (long) get(sample, "start_timestamp");
        return "@" + get(sample, "timestamp") + (start == 0 ? "" : " since " + start);
    }

    private long times(Message sample, long before, boolean counts, StringBuilder line) {
        unknown(sample);
        long time = (long) get(sample, "timestamp");
        if (time <= before) {
            must.add("not in the order of time: " + line);
        }
        if (counts && (long) get(sample, "start_timestamp") == 0) {
            should.add("no start timestamp: " + line);
        }
        return time;
    }

    private String labels(Message holder, Set<Integer> used, boolean ofSeries) {
        List<?> references = list(holder, "labels_refs");
        if (references.size() % 2 != 0 || ofSeries && references.isEmpty()) {
            must.add(references.size() + " label references");
            return "";
        }
        String name = "";
        String previous = "";
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < references.size(); i += 2) {
            used.add((int) references.get(i));
            used.add((int) references.get(i + 1));
            String key = symbol((int) references.get(i));
            String value = symbol((int) references.get(i + 1));
            if (key.isEmpty() || value.isEmpty() || ofSeries && key.compareTo(previous) <= 0) {
                must.add("labels not sorted, unique and non-empty: " + previous + ", " + key + "=" + value);
            }
            previous = key;
            if (key.equals("__name__")) {
                name = value;
            } else {
                texts.add(key + "=\"" + value + "\"");
            }
        }
        if (ofSeries && !name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")) {
            should.add("name: '" + name + "'");
        }
        return name + "{" + String.join(",", texts) + "}";
    }

    private String symbol(int reference) {
        if (reference < 0 || reference >= symbols.size()) {
            must.add("reference " + reference + " of " + symbols.size() + " symbols");
            return "?";
        }
        return symbols.get(reference);
    }

    private void unknown(Message message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            must.add("unknown fields: " + message.getUnknownFields().asMap().keySet());
        }
    }

    private static Object get(Message message, String field) {
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static List<?> list(Message message, String field) {
        return (List<?>) get(message, field);
    }
}
