package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.pprof.PprofFields;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Writes one pprof profile of samples over an OTLP dictionary, taking over what they need and nothing else. */
final class PprofBuilder {
    private static final int PACKED = ProtoWriter.LEN;
    private static final int LARGEST = 64 << 20;

    private final OtlpTables tables;
    private final ProtoWriter head = new ProtoWriter(256);
    private final ProtoWriter samples = new ProtoWriter(1 << 14);
    private final ProtoWriter entries = new ProtoWriter(1 << 14);
    private final ProtoWriter strings = new ProtoWriter(1 << 14);
    private final Map<String, Integer> texts = new HashMap<>();
    private int[] stringIds = {};
    private int[] mappingIds = {};
    private int[] locationIds = {};
    private int[] functionIds = {};
    private int stringCount;
    private int mappingCount;
    private int locationCount;
    private int functionCount;
    private ProtoReader reader;

    PprofBuilder(OtlpTables tables, ProtoReader reader) {
        this.tables = tables;
        this.reader = reader;
    }

    /** @param over the request's bytes, by a reader of its own */
    void begin(ProtoReader over) {
        reader = over;
        head.clear();
        samples.clear();
        entries.clear();
        strings.clear();
        texts.clear();
        stringIds = zeros(stringIds, tables.size(OtlpTables.STRINGS));
        mappingIds = zeros(mappingIds, tables.size(OtlpTables.MAPPINGS));
        locationIds = zeros(locationIds, tables.size(OtlpTables.LOCATIONS));
        functionIds = zeros(functionIds, tables.size(OtlpTables.FUNCTIONS));
        strings.string(PprofFields.STRING, "");
        stringCount = 1;
        mappingCount = 0;
        locationCount = 0;
        functionCount = 0;
    }

    private static int[] zeros(int[] present, int size) {
        if (present.length < size) {
            return new int[size];
        }
        Arrays.fill(present, 0, size, 0);
        return present;
    }

    /** Fields of the profile itself go here. */
    ProtoWriter head() {
        return head;
    }

    int text(String text) {
        return text.isEmpty()
                ? 0
                : texts.computeIfAbsent(text, added -> {
                    strings.string(PprofFields.STRING, added);
                    return stringCount++;
                });
    }

    /** A string of the dictionary, as the profile numbers it. */
    int string(long index) throws MalformedPayload {
        return text(textAt(index));
    }

    String textAt(long index) throws MalformedPayload {
        if (index == 0 || !tables.seek(reader, OtlpTables.STRINGS, index)) {
            return "";
        }
        int start = tables.start(OtlpTables.STRINGS, (int) index);
        int length = tables.end(OtlpTables.STRINGS, (int) index) - start;
        return reader.bytes().toString(start, length, StandardCharsets.UTF_8);
    }

    void valueType(int field, String type, String unit) {
        int message = head.begin(field);
        head.varint(1, text(type));
        head.varint(2, text(unit));
        head.end(message);
    }

    /** Takes over an attribute of the profile: as a field of pprof's, or as a label of the series. */
    void profileAttribute(long index, SortedMap<String, String> labels) throws MalformedPayload {
        OtlpAttribute attribute = attribute(index);
        if (attribute == null) {
            return;
        }
        String value = attribute.value();
        switch (attribute.key()) {
            case OtlpAttributes.COMMENT -> comments(index);
            case OtlpAttributes.DROP_FRAMES -> field(PprofFields.DROP_FRAMES, value);
            case OtlpAttributes.KEEP_FRAMES -> field(PprofFields.KEEP_FRAMES, value);
            case OtlpAttributes.DOC_URL -> field(PprofFields.DOC_URL, value);
            default -> {
                if (value != null && !value.isEmpty() && !attribute.key().isEmpty()) {
                    labels.putIfAbsent(PprofLabels.toLabel(attribute.key()), value);
                }
            }
        }
    }

    private void field(int field, @Nullable String value) {
        if (value != null) {
            head.varint(field, text(value));
        }
    }

    private void comments(long index) throws MalformedPayload {
        for (String comment : AnyValueText.list(reader, tables, index)) {
            head.varint(PprofFields.COMMENT, text(comment));
        }
    }

    int beginSample(long stack) throws MalformedPayload {
        if (samples.size() > LARGEST) {
            // A long stack that many samples share is short in OTLP and has to be repeated here.
            throw new MalformedPayload("profiles of more than " + LARGEST + " bytes as pprof (expected: at most that)");
        }
        int[] found = locations(stack);
        int message = samples.begin(PprofFields.SAMPLE);
        if (found.length > 0) {
            int packed = samples.begin(SampleCursor.LOCATION);
            for (int id : found) {
                samples.varint(id);
            }
            samples.end(packed);
        }
        return message;
    }

    void value(long value) {
        samples.varint(SampleCursor.VALUE, value);
    }

    void endSample(int message) {
        samples.end(message);
    }

    private int[] locations(long stack) throws MalformedPayload {
        if (!tables.seek(reader, OtlpTables.STACKS, stack)) {
            return new int[0];
        }
        long[] indices = Repeated.numbers(reader, 1);
        int[] ids = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            ids[i] = location(indices[i]);
        }
        return ids;
    }

    private int location(long index) throws MalformedPayload {
        boolean there = tables.seek(reader, OtlpTables.LOCATIONS, index);
        if (there && locationIds[(int) index] != 0) {
            return locationIds[(int) index];
        }
        long mapping = 0;
        long address = 0;
        boolean folded = false;
        ProtoWriter lines = new ProtoWriter(64);
        for (int tag = there ? reader.tag() : 0; tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 -> mapping = reader.varint();
                case 2 << 3 -> address = reader.varint();
                case 3 << 3 | PACKED -> {
                    int outer = reader.enter();
                    line(lines);
                    reader.leave(outer);
                }
                case 4 << 3 | PACKED -> {
                    int outer = reader.enter();
                    while (reader.hasMore()) {
                        folded |= isTrue(reader.varint(), OtlpAttributes.IS_FOLDED);
                    }
                    reader.leave(outer);
                }
                default -> reader.skipField(tag);
            }
        }
        int mappingId = mapping == 0 ? 0 : mapping(mapping, lines.size() > 0);
        int id = ++locationCount;
        if (there) {
            locationIds[(int) index] = id;
        }
        int message = entries.begin(PprofFields.LOCATION);
        entries.varint(PprofFields.ID, id);
        if (mappingId != 0) {
            entries.varint(PprofFields.LOCATION_MAPPING, mappingId);
        }
        entries.varint(PprofFields.LOCATION_ADDRESS, address);
        entries.raw(lines.array(), 0, lines.size());
        if (folded) {
            entries.varint(PprofFields.LOCATION_IS_FOLDED, 1);
        }
        entries.end(message);
        return id;
    }

    private void line(ProtoWriter lines) throws MalformedPayload {
        long function = 0;
        long line = 0;
        long column = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 -> function = reader.varint();
                case 2 << 3 -> line = reader.varint();
                case 3 << 3 -> column = reader.varint();
                default -> reader.skipField(tag);
            }
        }
        int message = lines.begin(PprofFields.LOCATION_LINE);
        if (function != 0) {
            long wanted = function;
            lines.varint(PprofFields.LINE_FUNCTION, elsewhere(() -> function(wanted)));
        }
        lines.varint(PprofFields.LINE_LINE, line);
        if (column != 0) {
            lines.varint(PprofFields.LINE_COLUMN, column);
        }
        lines.end(message);
    }

    /** Something that has to be looked up while the reader is in the middle of something else. */
    private interface Lookup {
        int find() throws MalformedPayload;
    }

    private int elsewhere(Lookup lookup) throws MalformedPayload {
        ProtoReader here = reader;
        reader = new ProtoReader(here.bytes());
        try {
            return lookup.find();
        } finally {
            reader = here;
        }
    }

    private int function(long index) throws MalformedPayload {
        if (!tables.seek(reader, OtlpTables.FUNCTIONS, index)) {
            return 0;
        }
        if (functionIds[(int) index] != 0) {
            return functionIds[(int) index];
        }
        long[] fields = new long[5];
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if ((tag & 7) == ProtoWriter.VARINT && tag >>> 3 < fields.length) {
                fields[tag >>> 3] = reader.varint();
            } else {
                reader.skipField(tag);
            }
        }
        int id = ++functionCount;
        functionIds[(int) index] = id;
        int name = string(fields[1]);
        int system = string(fields[2]);
        int file = string(fields[3]);
        int message = entries.begin(PprofFields.FUNCTION);
        entries.varint(PprofFields.ID, id);
        entries.varint(PprofFields.FUNCTION_NAME, name);
        entries.varint(PprofFields.FUNCTION_SYSTEM_NAME, system);
        entries.varint(PprofFields.FUNCTION_FILE, file);
        if (fields[4] != 0) {
            entries.varint(PprofFields.FUNCTION_START_LINE, fields[4]);
        }
        entries.end(message);
        return id;
    }

    private int mapping(long index, boolean hasLines) throws MalformedPayload {
        if (!tables.seek(reader, OtlpTables.MAPPINGS, index)) {
            return 0;
        }
        if (mappingIds[(int) index] != 0) {
            return mappingIds[(int) index];
        }
        int id = ++mappingCount;
        mappingIds[(int) index] = id;
        ProtoWriter out = new ProtoWriter(64);
        out.varint(PprofFields.ID, id);
        boolean says = false;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 -> out.varint(PprofFields.MAPPING_START, reader.varint());
                case 2 << 3 -> out.varint(PprofFields.MAPPING_LIMIT, reader.varint());
                case 3 << 3 -> out.varint(PprofFields.MAPPING_OFFSET, reader.varint());
                case 4 << 3 -> {
                    long file = reader.varint();
                    out.varint(PprofFields.MAPPING_FILE, elsewhere(() -> string(file)));
                }
                case 5 << 3 | PACKED -> {
                    int outer = reader.enter();
                    while (reader.hasMore()) {
                        says |= mappingAttribute(reader.varint(), out);
                    }
                    reader.leave(outer);
                }
                default -> reader.skipField(tag);
            }
        }
        if (!says && hasLines) {
            // Not from pprof, which would say so: Pyroscope looks for symbols itself unless it is told.
            out.varint(PprofFields.MAPPING_HAS_FUNCTIONS, 1);
        }
        entries.bytes(PprofFields.MAPPING, out.array(), 0, out.size());
        return id;
    }

    /** Returns whether the attribute is one that only pprof has. */
    private boolean mappingAttribute(long index, ProtoWriter out) throws MalformedPayload {
        OtlpAttribute attribute = attribute(index);
        if (attribute == null || attribute.value() == null) {
            return false;
        }
        int field = switch (attribute.key()) {
            case OtlpAttributes.BUILD_ID -> {
                out.varint(PprofFields.MAPPING_BUILD_ID, text(attribute.value()));
                yield 0;
            }
            case OtlpAttributes.HAS_FUNCTIONS -> PprofFields.MAPPING_HAS_FUNCTIONS;
            case OtlpAttributes.HAS_FILENAMES -> PprofFields.MAPPING_HAS_FILENAMES;
            case OtlpAttributes.HAS_LINE_NUMBERS -> PprofFields.MAPPING_HAS_LINE_NUMBERS;
            case OtlpAttributes.HAS_INLINE_FRAMES -> PprofFields.MAPPING_HAS_INLINE_FRAMES;
            default -> 0;
        };
        if (field != 0 && attribute.value().equals("true")) {
            out.varint(field, 1);
        }
        return field != 0;
    }

    private boolean isTrue(long index, String key) throws MalformedPayload {
        OtlpAttribute attribute = attribute(index);
        return attribute != null && attribute.key().equals(key) && "true".equals(attribute.value());
    }

    /** An attribute of the dictionary; lists of values are read by {@link #label}. */
    record OtlpAttribute(String key, @Nullable String value) {}

    @Nullable
    OtlpAttribute attribute(long index) throws MalformedPayload {
        OtlpAttribute[] found = new OtlpAttribute[1];
        elsewhere(() -> {
            if (tables.seek(reader, OtlpTables.ATTRIBUTES, index)) {
                long key = 0;
                String value = null;
                for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
                    switch (tag) {
                        case 1 << 3 -> key = reader.varint();
                        case 2 << 3 | PACKED -> {
                            int outer = reader.enter();
                            value = AnyValueText.read(reader);
                            reader.leave(outer);
                        }
                        default -> reader.skipField(tag);
                    }
                }
                found[0] = new OtlpAttribute(textAt(key), value);
            }
            return 0;
        });
        return found[0];
    }

    /** Writes an attribute as labels of the sample that is open. */
    void label(long index) throws MalformedPayload {
        if (!tables.seek(reader, OtlpTables.ATTRIBUTES, index)) {
            return;
        }
        long key = 0;
        long unit = 0;
        int start = 0;
        int end = 0;
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 -> key = reader.varint();
                case 2 << 3 | PACKED -> {
                    int length = reader.length();
                    start = reader.position();
                    end = start + length;
                    reader.skip(length);
                }
                case 3 << 3 -> unit = reader.varint();
                default -> reader.skipField(tag);
            }
        }
        int keyId = string(key);
        int unitId = string(unit);
        if (keyId != 0) {
            labelValue(keyId, unitId, start, end, true);
        }
    }

    private void labelValue(int key, int unit, int start, int end, boolean lists) throws MalformedPayload {
        reader.reset(start, end);
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (3 << 3)) {
                long number = reader.varint();
                int label = beginLabel(key);
                samples.varint(PprofFields.LABEL_NUMBER, number);
                if (unit != 0) {
                    samples.varint(PprofFields.LABEL_UNIT, unit);
                }
                samples.end(label);
                return;
            }
            if (tag == (5 << 3 | PACKED) && lists) {
                list(key, unit);
                return;
            }
            reader.skipField(tag);
        }
        reader.reset(start, end);
        String text = AnyValueText.read(reader);
        if (text != null) {
            textLabel(key, text);
        }
    }

    private void list(int key, int unit) throws MalformedPayload {
        int length = reader.length();
        int at = reader.position();
        int end = at + length;
        while (at < end) {
            reader.reset(at, end);
            int tag = reader.tag();
            if (tag == (1 << 3 | PACKED)) {
                int size = reader.length();
                int from = reader.position();
                at = from + size;
                labelValue(key, unit, from, at, false);
            } else {
                reader.skipField(tag);
                at = reader.position();
            }
        }
    }

    private int beginLabel(int key) {
        int label = samples.begin(SampleCursor.LABEL);
        samples.varint(PprofFields.LABEL_KEY, key);
        return label;
    }

    private void textLabel(int key, String text) {
        int value = text(text);
        int label = beginLabel(key);
        samples.varint(PprofFields.LABEL_TEXT, value);
        samples.end(label);
    }

    /** The span that a sample belongs to, by the names that Pyroscope gives to its labels. */
    void link(long index) throws MalformedPayload {
        if (index == 0 || !tables.seek(reader, OtlpTables.LINKS, index)) {
            return;
        }
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag == (1 << 3 | PACKED) || tag == (2 << 3 | PACKED)) {
                int length = reader.length();
                byte[] id = new byte[length];
                reader.bytes().getBytes(reader.position(), id);
                reader.skip(length);
                textLabel(
                        text(tag >>> 3 == 1 ? "trace_id" : "span_id"),
                        HexFormat.of().formatHex(id));
            } else {
                reader.skipField(tag);
            }
        }
    }

    void write(ProtoWriter out) {
        out.raw(head.array(), 0, head.size());
        out.raw(samples.array(), 0, samples.size());
        out.raw(entries.array(), 0, entries.size());
        out.raw(strings.array(), 0, strings.size());
    }
}
