package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Takes pairs as attributes. */
final class KeyValueParser implements Operator {
    private final Field source;
    private final KeyValueText pairs;

    KeyValueParser(Field source, KeyValueText pairs) {
        this.source = source;
        this.pairs = pairs;
    }

    @Override
    public boolean apply(Entry entry) {
        if (!source.find(entry)) {
            return false;
        }
        if (source.isBody()) {
            return pairs.read(source.source(), source.from(), source.length(), entry.attributes);
        }
        byte[] copy = source.text().getBytes(UTF_8);
        return pairs.read(copy, 0, copy.length, entry.attributes);
    }
}
