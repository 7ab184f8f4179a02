package io.lightvessel.gateway.exposition;

import static io.lightvessel.gateway.exposition.Sample.is;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus' text format, versions 0.0.4 and 1.0.0: the newer one adds names in quotes, which do no harm in the
 * older. As lenient as Prometheus: blanks anywhere between tokens, commas left out, text after a {@code #}.
 */
final class TextParser implements ClassicParts {
    private static final byte[] HELP = "HELP".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPE = "TYPE".getBytes(StandardCharsets.US_ASCII);

    private final NameEscaping escaping;
    private final Sample sample = new Sample();
    private final TextLabels labels = new TextLabels();
    private final CurrentFamily family = new CurrentFamily();
    private TextErrors errors = new TextErrors(sample.body, 0, 0);
    private byte[] body = sample.body;
    private int at;
    private int end;
    /** Whether something about the family was read that nobody has been told yet. */
    private boolean untold;

    private Entry entry = Entry.END;

    TextParser(NameEscaping escaping) {
        this.escaping = escaping;
    }

    @Override
    public void open(byte[] body, int start, int end) {
        this.body = body;
        at = start;
        this.end = end;
        untold = false;
        entry = Entry.END;
        sample.open(body);
        family.open(body, CurrentFamily.Escapes.TEXT);
        errors = new TextErrors(body, start, end);
        labels.open(body, end, errors);
    }

    @Override
    public Entry next() throws MalformedExposition {
        entry = read();
        return entry;
    }

    private Entry read() throws MalformedExposition {
        while (true) {
            int line = skipBlanks(at);
            // As in Prometheus, a zero byte where a line could begin ends it all.
            if (line == end || body[line] == 0) {
                at = end;
                return tellOr(Entry.END);
            }
            byte first = body[line];
            if (first == '\n') {
                at = line + 1;
            } else if (first == '#') {
                if (!comment(line)) {
                    return tellOr(Entry.METADATA);
                }
            } else if (untold) {
                return tellOr(Entry.METADATA);
            } else {
                sample(line, first);
                return Entry.SAMPLE;
            }
        }
    }

    private Entry tellOr(Entry other) {
        Entry told = untold ? Entry.METADATA : other;
        untold = false;
        return told;
    }

    /** Reads a line that begins with {@code #}; false when it is of the next family and the last one is still untold. */
    private boolean comment(int line) throws MalformedExposition {
        int word = skipBlanks(line + 1);
        int after = word + 4;
        if (word > line + 1 && after < end && isBlank(body[after])) {
            if (Texts.equal(body, word, after, HELP)) {
                return metadata(skipBlanks(after), true);
            }
            if (Texts.equal(body, word, after, TYPE)) {
                return metadata(skipBlanks(after), false);
            }
        }
        int lineEnd = lineEnd(line);
        // A zero byte ends it all, except behind the blank that makes a comment of it.
        boolean cut = word == line + 1 && contains((byte) 0, line, lineEnd);
        at = cut ? end : Math.min(lineEnd + 1, end);
        return true;
    }

    private boolean metadata(int name, boolean help) throws MalformedExposition {
        int nameEnd;
        int nameFrom = name;
        int nameTo;
        if (name < end && body[name] == '"') {
            nameFrom++;
            nameTo = labels.closingQuote(nameFrom);
            nameEnd = nameTo + 1;
        } else {
            if (name == end || !is(body[name], Sample.NAME_START)) {
                throw errors.unexpected(name, "a metric name after " + (help ? "HELP" : "TYPE"));
            }
            nameTo = nameEnd(name);
            nameEnd = nameTo;
        }
        if (nameEnd < end && body[nameEnd] == 0) {
            throw errors.unexpected(nameEnd, "a text after the metric name");
        }
        if (!family.isCalled(nameFrom, nameTo)) {
            if (untold) {
                return false;
            }
            family.begin(nameFrom, nameTo);
        }
        int lineEnd = lineEnd(nameEnd);
        int text = skipBlanks(nameEnd) == lineEnd ? lineEnd : Math.min(nameEnd + 1, lineEnd);
        if (help) {
            if (!Utf8.isValid(body, text, lineEnd)) {
                throw errors.at(text, "a help text that is not valid UTF-8", "UTF-8");
            }
            family.help(text, lineEnd);
        } else {
            MetricType type = MetricTypes.ofText(body, text, lineEnd);
            if (type == null) {
                throw errors.at(
                        text,
                        "type '" + errors.excerpt(text, lineEnd) + "'",
                        "counter, gauge, histogram, summary or untyped");
            }
            family.type(type);
            sample.type = type;
        }
        untold = true;
        at = Math.min(lineEnd + 1, end);
        return true;
    }

    private void sample(int line, byte first) throws MalformedExposition {
        int i;
        if (is(first, Sample.NAME_START)) {
            i = nameEnd(line);
            sample.spans.begin(line, i);
            sample.seriesEnd = i;
            i = skipBlanks(i);
            if (i < end && body[i] == '{') {
                i = labels.read(i + 1, sample.spans);
                sample.seriesEnd = i;
                i = skipBlanks(i);
            }
        } else if (first == '{') {
            sample.spans.beginUnnamed();
            i = labels.read(line + 1, sample.spans);
            sample.seriesEnd = i;
            if (!sample.spans.isNamed()) {
                throw errors.at(line, "a series without a name", "a metric name");
            }
            i = skipBlanks(i);
        } else {
            throw errors.unexpected(line, "a metric name, '{' or '#'");
        }
        sample.seriesStart = line;
        value(i);
    }

    private void value(int from) throws MalformedExposition {
        int i = from;
        while (i < end && isValue(body[i])) {
            i++;
        }
        if (i == from) {
            throw errors.unexpected(i, "a value after the series");
        }
        sample.value = TextNumbers.value(body, from, i, errors);
        sample.hasTimestamp = false;
        sample.timestamp = 0;
        i = skipBlanks(i);
        if (i < end && body[i] != '\n') {
            i = skipBlanks(timestamp(i));
            if (i < end && body[i] != '\n') {
                throw errors.unexpected(i, "the end of the line after a timestamp");
            }
        }
        at = Math.min(i + 1, end);
    }

    private int timestamp(int from) throws MalformedExposition {
        int i = from;
        long millis = 0;
        while (i < end && body[i] >= '0' && body[i] <= '9') {
            int digit = body[i] - '0';
            if (millis > (Long.MAX_VALUE - digit) / 10) {
                throw errors.at(from, "a timestamp beyond 63 bits", "milliseconds since 1970");
            }
            millis = millis * 10 + digit;
            i++;
        }
        if (i == from) {
            throw errors.unexpected(i, "a timestamp or the end of the line");
        }
        sample.hasTimestamp = true;
        sample.timestamp = millis;
        return i;
    }

    private int nameEnd(int from) {
        int i = from + 1;
        while (i < end && is(body[i], Sample.NAME)) {
            i++;
        }
        return i;
    }

    private int lineEnd(int from) {
        int i = from;
        while (i < end && body[i] != '\n') {
            i++;
        }
        return i;
    }

    private boolean contains(byte c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] == c) {
                return true;
            }
        }
        return false;
    }

    private int skipBlanks(int from) {
        return labels.skipBlanks(from);
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isValue(byte c) {
        return c != ' ' && c != '\n' && c != '\t' && c != '{' && c != 0;
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
