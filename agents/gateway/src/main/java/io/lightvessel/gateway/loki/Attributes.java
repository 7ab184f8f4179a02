package io.lightvessel.gateway.loki;

import io.lightvessel.gateway.labels.AttributeSpan;
import io.lightvessel.gateway.labels.AttributeText;
import io.lightvessel.gateway.labels.LabelSet;
import io.lightvessel.gateway.labels.Symbols;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the attributes of a resource or a record lie, which of them are labels, and what their hints say. */
final class Attributes {
    private static final byte[][] HINTS = {
        bytes("loki.attribute.labels"), bytes("loki.resource.labels"), bytes("loki.tenant"), bytes("loki.format")
    };
    static final int ATTRIBUTE_LABELS = 0;
    static final int RESOURCE_LABELS = 1;
    static final int TENANT = 2;
    static final int FORMAT = 3;
    private static final byte[] HINT_PREFIX = bytes("loki.");

    private final Symbols symbols;
    private final AttributeSpan span = new AttributeSpan();
    private int[] keyStart = new int[32];
    private int[] keyLength = new int[32];
    private int[] valueStart = new int[32];
    private int[] valueEnd = new int[32];
    private boolean[] taken = new boolean[32];
    private boolean[] settled = new boolean[0];
    private int count;
    private final int[] hints = new int[HINTS.length];

    Attributes(Symbols symbols) {
        this.symbols = symbols;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void clear() {
        count = 0;
        Arrays.fill(hints, 0);
    }

    /** Remembers the KeyValue that follows in the reader; hints are kept apart. */
    void note(ProtoReader reader) throws MalformedPayload {
        span.enter(reader);
        int hint = hint(reader);
        if (hint >= 0) {
            span.toValue(reader);
            hints[hint] = text(reader);
        } else {
            if (count == taken.length) {
                grow(count * 2);
            }
            keyStart[count] = span.keyStart();
            keyLength[count] = span.keyLength();
            valueStart[count] = span.valueStart();
            valueEnd[count] = span.valueEnd();
            taken[count++] = false;
        }
        span.leave(reader);
    }

    private void grow(int larger) {
        keyStart = Arrays.copyOf(keyStart, larger);
        keyLength = Arrays.copyOf(keyLength, larger);
        valueStart = Arrays.copyOf(valueStart, larger);
        valueEnd = Arrays.copyOf(valueEnd, larger);
        taken = Arrays.copyOf(taken, larger);
    }

    private int hint(ProtoReader reader) {
        if (span.keyLength() <= HINT_PREFIX.length
                || !AttributeSpan.isKey(reader.bytes(), span.keyStart(), HINT_PREFIX.length, HINT_PREFIX)) {
            return -1;
        }
        for (int i = 0; i < HINTS.length; i++) {
            if (span.hasKey(reader.bytes(), HINTS[i])) {
                return i;
            }
        }
        return -1;
    }

    private int text(ProtoReader reader) throws MalformedPayload {
        ProtoWriter text = symbols.text();
        int from = text.size();
        AttributeText.append(reader, text);
        return symbols.intern(from);
    }

    /** The symbol of a hint's text; 0 when there is none. */
    int hint(int which) {
        return hints[which];
    }

    int count() {
        return count;
    }

    /** Where an attribute is; -1 when there is none with that key. */
    int find(ProtoReader reader, byte[] key) {
        for (int i = 0; i < count; i++) {
            if (AttributeSpan.isKey(reader.bytes(), keyStart[i], keyLength[i], key)) {
                return i;
            }
        }
        return -1;
    }

    /** An attribute's value as a symbol; moves the reader. */
    int value(ProtoReader reader, int at) throws MalformedPayload {
        reader.reset(valueStart[at], valueEnd[at]);
        return text(reader);
    }

    /** Adds an attribute as a label, unless it is one already. Moves the reader. */
    void promote(ProtoReader reader, int at, LabelSet labels, int as) throws MalformedPayload {
        if (!taken[at]) {
            reader.reset(valueStart[at], valueEnd[at]);
            labels.add(reader.bytes(), keyStart[at], keyLength[at], reader, as);
            taken[at] = true;
        }
    }

    /** Remembers which attributes are labels now, for {@link #restore}. */
    void settle() {
        settled = Arrays.copyOf(taken, count);
    }

    void restore() {
        System.arraycopy(settled, 0, taken, 0, count);
    }

    boolean isTaken(int at) {
        return taken[at];
    }

    int keyStart(int at) {
        return keyStart[at];
    }

    int keyLength(int at) {
        return keyLength[at];
    }

    /** Puts the reader on an attribute's value. */
    void toValue(ProtoReader reader, int at) {
        reader.reset(valueStart[at], valueEnd[at]);
    }
}
