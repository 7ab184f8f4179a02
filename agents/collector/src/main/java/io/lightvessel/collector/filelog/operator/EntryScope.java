package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightvessel.config.expression.Scope;
import org.jspecify.annotations.Nullable;

/** What conditions may ask of an entry. */
final class EntryScope implements Scope {
    private static final String STREAM = "log.iostream";

    private final Entry entry;

    EntryScope(Entry entry) {
        this.entry = entry;
    }

    @Override
    public String body() {
        return new String(entry.body, entry.from, entry.length, UTF_8);
    }

    @Override
    public String severityText() {
        return new String(entry.severityText, UTF_8);
    }

    @Override
    public long severityNumber() {
        return entry.severityNumber;
    }

    @Override
    public @Nullable Object attribute(String name) {
        int index = index(name);
        if (index >= 0) {
            return AnyValue.read(
                    entry.attributes.content().array(),
                    entry.attributes.valueFrom(index),
                    entry.attributes.valueLength(index));
        }
        return isStream(name) ? entry.stream : entry.log.attributes().get(name);
    }

    @Override
    public boolean hasAttribute(String name) {
        return index(name) >= 0 || isStream(name) || entry.log.attributes().containsKey(name);
    }

    @Override
    public @Nullable String resource(String name) {
        return entry.log.resource().get(name);
    }

    private int index(String name) {
        byte[] key = name.getBytes(UTF_8);
        return entry.attributes.find(key, 0, key.length);
    }

    private boolean isStream(String name) {
        return name.equals(STREAM) && !entry.stream.isEmpty();
    }
}
