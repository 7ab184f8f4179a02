package io.lightvessel.collector.filelog.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Takes the members of an object as attributes. */
final class JsonParser implements Operator {
    private final Field source;
    private final JsonText json;

    JsonParser(Field source, boolean integers) {
        this.source = source;
        this.json = new JsonText(integers);
    }

    @Override
    public boolean apply(Entry entry) {
        if (!source.find(entry)) {
            return false;
        }
        if (source.isBody()) {
            return json.read(source.source(), source.from(), source.length(), entry.attributes);
        }
        // What is read must not move while attributes are added.
        byte[] copy = source.text().getBytes(UTF_8);
        return json.read(copy, 0, copy.length, entry.attributes);
    }
}
