package io.lightvessel.gateway.testing;

import com.google.protobuf.CodedOutputStream;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a scrape of a target hands on: a request of series, written with protobuf's own library. */
public final class Scrape {

    public static final int UNKNOWN = 0;
    public static final int COUNTER = 1;
    public static final int GAUGE = 2;
    public static final int HISTOGRAM = 3;
    public static final int GAUGE_HISTOGRAM = 4;
    public static final int SUMMARY = 5;
    public static final int INFO = 6;
    public static final int STATE_SET = 7;
    public static final double STALE = Double.longBitsToDouble(0x7FF0_0000_0000_0002L);

    private final Map<String, Integer> symbols = new LinkedHashMap<>(Map.of("", 0));
    private final List<byte[]> series = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final String[] target;
    private long time = 1_700_000_000_000L;

    /** Writes the fields of one message. */
    @FunctionalInterface
    public interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** A sample of a series. */
    record Value(long at, double value) {}

    /** An exemplar of a series, its labels' names and values in turn. */
    record Exemplar(double value, long at, List<String> labels) {}

    /**
     * One series, for those who write it in another way.
     *
     * @param own labels beside the target's
     * @param at the time of what has none of its own
     * @param histogram the fields of a native histogram; null when there is none
     */
    record Told(
            int type,
            String name,
            List<String> own,
            List<Value> values,
            List<Exemplar> exemplars,
            @Nullable Fields histogram,
            String help,
            String unit,
            long start,
            long at) {}

    /** @param target labels that every series has, names and values in turn */
    public Scrape(String... target) {
        this.target = target;
    }

    public static Scrape of(String job, String instance) {
        return new Scrape("instance", instance, "job", job);
    }

    public Scrape at(long millis) {
        time = millis;
        return this;
    }

    public static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    public int symbol(String text) {
        return symbols.computeIfAbsent(text, _ -> symbols.size());
    }

    /** One series that is being put together. */
    public final class Series {
        private final List<String> labels = new ArrayList<>();
        private final ByteArrayOutputStream samples = new ByteArrayOutputStream();
        private final ByteArrayOutputStream exemplars = new ByteArrayOutputStream();
        private final int type;
        private final String name;
        private final List<String> own;
        private final List<Value> values = new ArrayList<>();
        private final List<Exemplar> told = new ArrayList<>();
        private @Nullable Fields histogram;
        private String help = "";
        private String unit = "";
        private long start;

        private Series(int type, String name, String... own) {
            this.type = type;
            this.name = name;
            this.own = List.of(own);
            labels.add("__name__");
            labels.add(name);
            labels.addAll(List.of(own));
            labels.addAll(List.of(target));
        }

        public Series help(String text) {
            help = text;
            return this;
        }

        public Series unit(String text) {
            unit = text;
            return this;
        }

        public Series since(long millis) {
            start = millis;
            return this;
        }

        public Series value(double value) {
            return value(time, value);
        }

        public Series value(long at, double value) {
            values.add(new Value(at, value));
            samples.writeBytes(message(out -> out.writeByteArray(2, message(sample -> {
                sample.writeDouble(1, value);
                sample.writeInt64(2, at);
                if (start != 0) {
                    sample.writeInt64(3, start);
                }
            }))));
            return this;
        }

        /** A native histogram whose fields, but for the times, are given. */
        public Series histogram(Fields fields) {
            histogram = fields;
            samples.writeBytes(message(out -> out.writeByteArray(3, message(histogram -> {
                fields.write(histogram);
                histogram.writeInt64(15, time);
                if (start != 0) {
                    histogram.writeInt64(17, start);
                }
            }))));
            return this;
        }

        public Series exemplar(double value, long at, String... exemplarLabels) {
            told.add(new Exemplar(value, at, List.of(exemplarLabels)));
            exemplars.writeBytes(message(out -> out.writeByteArray(4, message(exemplar -> {
                exemplar.writeByteArray(1, references(List.of(exemplarLabels)));
                exemplar.writeDouble(2, value);
                exemplar.writeInt64(3, at);
            }))));
            return this;
        }

        public Scrape end() {
            Scrape.this.told.add(new Told(type, name, own, values, told, histogram, help, unit, start, time));
            List<String> sorted = new ArrayList<>();
            Map<String, String> pairs = new java.util.TreeMap<>();
            for (int i = 0; i < labels.size(); i += 2) {
                pairs.put(labels.get(i), labels.get(i + 1));
            }
            pairs.forEach((name, value) -> {
                sorted.add(name);
                sorted.add(value);
            });
            series.add(message(out -> {
                out.writeByteArray(1, references(sorted));
                out.writeRawBytes(samples.toByteArray());
                out.writeRawBytes(exemplars.toByteArray());
                out.writeByteArray(5, message(metadata -> {
                    metadata.writeEnum(1, type);
                    if (!help.isEmpty()) {
                        metadata.writeUInt32(3, symbol(help));
                    }
                    if (!unit.isEmpty()) {
                        metadata.writeUInt32(4, symbol(unit));
                    }
                }));
            }));
            return Scrape.this;
        }
    }

    List<Told> told() {
        return told;
    }

    /** The time of samples that have none of their own. */
    public long time() {
        return time;
    }

    /** The value of one of the target's labels. */
    public String label(String name) {
        return target[List.of(target).indexOf(name) + 1];
    }

    private byte[] references(List<String> texts) {
        return message(out -> {
            for (String text : texts) {
                out.writeUInt32NoTag(symbol(text));
            }
        });
    }

    /** @param own labels beside the target's, names and values in turn */
    public Series series(int type, String name, String... own) {
        return new Series(type, name, own);
    }

    public Scrape counter(String name, double value, String... own) {
        return series(COUNTER, name, own).value(value).end();
    }

    public Scrape gauge(String name, double value, String... own) {
        return series(GAUGE, name, own).value(value).end();
    }

    public byte[] toByteArray() {
        return message(out -> {
            for (String symbol : symbols.keySet()) {
                out.writeString(4, symbol);
            }
            for (byte[] one : series) {
                out.writeByteArray(5, one);
            }
        });
    }

    public ByteBuf bytes() {
        return Unpooled.directBuffer().writeBytes(toByteArray());
    }

    public Payload payload() {
        return payload(0);
    }

    public Payload payload(long order) {
        try {
            return Payload.series(bytes(), null, order);
        } catch (MalformedPayload e) {
            throw new AssertionError(e);
        }
    }
}
