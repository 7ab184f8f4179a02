package io.lightvessel.gateway.exposition;

import static io.lightvessel.gateway.exposition.Sample.is;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenMetrics, versions 0.0.1 and 1.0.0, as strictly as Prometheus: one blank between tokens, no empty lines, an end
 * that is marked. Series that only say when others began become start times of those and are not told themselves.
 */
final class OpenMetricsParser implements ClassicParts {
    private static final byte[] HELP = bytes("HELP ");
    private static final byte[] TYPE = bytes("TYPE ");
    private static final byte[] UNIT = bytes("UNIT ");
    private static final byte[] END_MARK = bytes("# EOF");
    private static final String END_OF_LINE = "the end of the line";

    private final NameEscaping escaping;
    private final Sample sample = new Sample();
    private final OpenMetricsLabels labels = new OpenMetricsLabels();
    private final CurrentFamily family = new CurrentFamily();
    private final CreatedLines created = new CreatedLines(labels);
    private final TextExemplar exemplar = new TextExemplar(labels);
    private TextErrors errors = new TextErrors(sample.body, 0, 0);
    private byte[] body = sample.body;
    private int at;
    private int end;
    private boolean untold;
    private boolean over;
    private Entry entry = Entry.END;

    OpenMetricsParser(NameEscaping escaping) {
        this.escaping = escaping;
    }

    @Override
    public void open(byte[] body, int start, int end) {
        this.body = body;
        at = start;
        this.end = end;
        untold = false;
        over = false;
        entry = Entry.END;
        errors = new TextErrors(body, start, end);
        sample.open(body);
        family.open(body, CurrentFamily.Escapes.OPEN_METRICS);
        labels.open(body, end, errors);
        created.open(body, end);
        exemplar.open(body, end, errors);
    }

    @Override
    public Entry next() throws MalformedExposition {
        entry = read();
        return entry;
    }

    private Entry read() throws MalformedExposition {
        while (!over) {
            if (at == end) {
                throw errors.unexpected(at, "a line '# EOF'");
            }
            if (body[at] == '#') {
                if (!comment(at)) {
                    return tellOr(Entry.METADATA);
                }
            } else if (untold) {
                return tellOr(Entry.METADATA);
            } else {
                at = sample(at);
                if (!CreatedLines.isOne(sample.type, body, sample.spans)) {
                    return Entry.SAMPLE;
                }
            }
        }
        return tellOr(Entry.END);
    }

    private Entry tellOr(Entry other) {
        Entry told = untold ? Entry.METADATA : other;
        untold = false;
        return told;
    }

    /** Reads a line that begins with {@code #}; false when it is of the next family and the last one is still untold. */
    private boolean comment(int line) throws MalformedExposition {
        int word = line + 2;
        if (starts(line, END_MARK)) {
            int behind = line + END_MARK.length;
            if (behind < end && body[behind] == '\n') {
                behind++;
            }
            if (behind < end) {
                throw errors.unexpected(behind, "nothing after '# EOF'");
            }
            at = end;
            over = true;
            return true;
        }
        if (word < end && body[line + 1] == ' ') {
            if (starts(word, HELP) || starts(word, TYPE) || starts(word, UNIT)) {
                return metadata(word);
            }
        }
        throw errors.unexpected(line, "'# HELP ', '# TYPE ', '# UNIT ' or '# EOF'");
    }

    private boolean metadata(int word) throws MalformedExposition {
        int name = word + HELP.length;
        int nameFrom = name;
        int nameTo;
        int i;
        if (name < end && body[name] == '"') {
            nameFrom++;
            nameTo = TextLabels.closingQuote(body, nameFrom, end, errors);
            i = nameTo + 1;
        } else {
            if (name >= end || !is(body[name], Sample.NAME_START)) {
                throw errors.unexpected(name, "a metric name");
            }
            nameTo = nameEnd(name);
            i = nameTo;
        }
        if (i >= end || body[i] != ' ') {
            throw errors.unexpected(i, "a blank after the metric name");
        }
        int lineEnd = i + 1;
        while (lineEnd < end && body[lineEnd] != '\n') {
            lineEnd++;
        }
        if (lineEnd == end) {
            throw errors.unexpected(end, END_OF_LINE);
        }
        if (!family.isCalled(nameFrom, nameTo)) {
            if (untold) {
                return false;
            }
            family.begin(nameFrom, nameTo);
        }
        describe(body[word], i + 1, lineEnd);
        untold = true;
        at = lineEnd + 1;
        return true;
    }

    private void describe(byte what, int from, int to) throws MalformedExposition {
        if (what == 'H') {
            if (!Utf8.isValid(body, from, to)) {
                throw errors.at(from, "a help text that is not valid UTF-8", "UTF-8");
            }
            family.help(from, to);
        } else if (what == 'T') {
            MetricType type = MetricTypes.ofOpenMetrics(body, from, to);
            if (type == null) {
                throw errors.at(
                        from,
                        "type '" + errors.excerpt(from, to) + "'",
                        "counter, gauge, histogram, gaugehistogram, summary, info, stateset or unknown");
            }
            family.type(type);
            sample.type = type;
        } else {
            if (from < to && !family.endsWithUnit(from, to)) {
                throw errors.at(
                        from, "unit '" + errors.excerpt(from, to) + "'", "what the metric name ends with, after '_'");
            }
            family.unit(from, to);
        }
    }

    /** Reads a line with a sample; returns where the next one begins. */
    private int sample(int line) throws MalformedExposition {
        byte first = body[line];
        int i;
        if (is(first, Sample.NAME_START)) {
            i = nameEnd(line);
            sample.spans.begin(line, i);
            if (i < end && body[i] == '{') {
                i = labels.read(i + 1, sample.spans, false);
            }
        } else if (first == '{') {
            sample.spans.beginUnnamed();
            i = labels.read(line + 1, sample.spans, false);
            if (!sample.spans.isNamed()) {
                throw errors.at(line, "a series without a name", "a metric name");
            }
        } else {
            throw errors.unexpected(line, "a metric name, '{' or '#'");
        }
        sample.seriesStart = line;
        sample.seriesEnd = i;
        int to = TextNumbers.tokenEnd(body, i, end);
        if (to < 0) {
            throw errors.unexpected(i, "one blank and a value after the series");
        }
        sample.value = TextNumbers.value(body, i + 1, to, errors);
        sample.hasTimestamp = false;
        sample.timestamp = 0;
        exemplar.clear();
        return rest(to);
    }

    private int rest(int from) throws MalformedExposition {
        int i = from;
        if (i < end && body[i] == ' ' && !exemplar.begins(i)) {
            int to = TextNumbers.tokenEnd(body, i, end);
            if (to < 0) {
                throw errors.unexpected(i + 1, "a timestamp after one blank, or the end of the line");
            }
            sample.hasTimestamp = true;
            sample.timestamp = TextNumbers.seconds(body, i + 1, to, errors);
            i = to;
        }
        if (exemplar.begins(i)) {
            i = exemplar.read(i);
        }
        if (i >= end || body[i] != '\n') {
            throw errors.unexpected(i, END_OF_LINE);
        }
        return i + 1;
    }

    private boolean starts(int from, byte[] word) {
        return end - from >= word.length && Texts.equal(body, from, from + word.length, word);
    }

    private int nameEnd(int from) {
        int i = from + 1;
        while (i < end && is(body[i], Sample.NAME)) {
            i++;
        }
        return i;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] seriesArray() {
        return body;
    }

    @Override
    public int seriesStart() {
        return sample.seriesStart;
    }

    @Override
    public int seriesEnd() {
        return sample.seriesEnd;
    }

    @Override
    public void labels(LabelSink sink) throws MalformedExposition {
        sample.labels(escaping, sink, errors);
    }

    @Override
    public double value() {
        return sample.value;
    }

    @Override
    public boolean hasTimestamp() {
        return sample.hasTimestamp;
    }

    @Override
    public long timestamp() {
        return sample.timestamp;
    }

    @Override
    public long startTimestamp() {
        return entry == Entry.SAMPLE ? created.startOf(sample, family, at) : 0;
    }

    @Override
    public int exemplars() {
        return entry == Entry.SAMPLE && exemplar.exists() ? 1 : 0;
    }

    @Override
    public void exemplar(int index, ExemplarSink sink) throws MalformedExposition {
        if (index < 0 || index >= exemplars()) {
            throw new IndexOutOfBoundsException(index);
        }
        exemplar.tell(sink);
    }

    @Override
    public @Nullable MetricFamily family() {
        if (entry == Entry.SAMPLE && !family.has(sample.spans.nameFrom(), sample.spans.nameTo())) {
            return null;
        }
        return family.family();
    }

    @Override
    public Part part() {
        return sample.part(family);
    }

    @Override
    public double bound() {
        return sample.spans.number(SeriesSpans.BUCKET, body);
    }

    @Override
    public byte[] body() {
        return body;
    }

    @Override
    public SeriesSpans spans() {
        return sample.spans;
    }

    @Override
    public int baseNameTo() {
        return sample.spans.nameTo() - part().bytes().length;
    }

    @Override
    public void tellBase(SeriesSpans remembered, LabelSink sink) throws MalformedExposition {
        sample.tellBase(remembered, escaping, sink, errors);
    }
}
