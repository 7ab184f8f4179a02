package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.pprof.PprofFields;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The attribute table of a dictionary in the making: equal attributes are written once. */
final class OtlpAttributes {
    static final String BUILD_ID = "process.executable.build_id.gnu";
    static final String HAS_FUNCTIONS = "pprof.mapping.has_functions";
    static final String HAS_FILENAMES = "pprof.mapping.has_filenames";
    static final String HAS_LINE_NUMBERS = "pprof.mapping.has_line_numbers";
    static final String HAS_INLINE_FRAMES = "pprof.mapping.has_inline_frames";
    static final String IS_FOLDED = "pprof.location.is_folded";
    static final String COMMENT = "pprof.profile.comment";
    static final String DOC_URL = "pprof.profile.doc_url";
    static final String DROP_FRAMES = "pprof.profile.drop_frames";
    static final String KEEP_FRAMES = "pprof.profile.keep_frames";
    static final String DEFAULT_SAMPLE_TYPE = "pprof.scope.default_sample_type";

    private static final int TEXT = 1;
    private static final int BOOL = 2;
    private static final int INT = 3;
    private static final int ARRAY = 5;

    private static final int LABEL = 0;
    private static final int FLAG = 1;
    private static final int WORDS = 2;

    private final OtlpDictionary dictionary;
    private final ProfileCursor cursor = new ProfileCursor();
    private final SequenceTable known = new SequenceTable();
    private final ProtoWriter table = new ProtoWriter(4096);
    private int[] list = new int[16];
    private int listed;
    private long[] label = new long[64];

    OtlpAttributes(OtlpDictionary dictionary) {
        this.dictionary = dictionary;
    }

    void begin() {
        table.clear();
        known.clear();
        // The first entry stands for nothing.
        known.close();
    }

    /** Begins the attributes of one message. */
    void beginList() {
        listed = 0;
    }

    /** Writes their indices as a field of that message. */
    void endList(ProtoWriter out, int field) {
        if (listed == 0) {
            return;
        }
        int packed = out.begin(field);
        for (int i = 0; i < listed; i++) {
            out.varint(list[i]);
        }
        out.end(packed);
    }

    private void list(int attribute) {
        if (listed == list.length) {
            list = Arrays.copyOf(list, listed * 2);
        }
        list[listed++] = attribute;
    }

    void listTrue(String key) {
        int before = known.size();
        known.add(FLAG);
        known.add(dictionary.text(key));
        int attribute = known.close();
        if (attribute == before) {
            int message = begin(dictionary.text(key));
            int value = table.begin(2);
            table.varint(BOOL, 1);
            table.end(value);
            table.end(message);
        }
        list(attribute);
    }

    void list(String key, String value) {
        words(key, List.of(value), false);
    }

    void list(String key, List<String> values) {
        words(key, values, true);
    }

    private void words(String key, List<String> values, boolean array) {
        int before = known.size();
        known.add(WORDS);
        known.add(dictionary.text(key));
        known.add(array ? 1 : 0);
        for (String value : values) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            known.add(Hash.of(utf8, 0, utf8.length));
        }
        int attribute = known.close();
        if (attribute == before) {
            int message = begin(dictionary.text(key));
            int value = table.begin(2);
            if (array) {
                int all = table.begin(ARRAY);
                for (String word : values) {
                    int element = table.begin(1);
                    table.string(TEXT, word);
                    table.end(element);
                }
                table.end(all);
            } else {
                table.string(TEXT, values.getFirst());
            }
            table.end(value);
            table.end(message);
        }
        list(attribute);
    }

    private int begin(long key) {
        int message = table.begin(6);
        table.varint(1, key);
        return message;
    }

    /** Lists the labels of a sample; several with one key become one attribute, for keys must be unique. */
    void listLabels(ProfileIndex profile, SampleCursor sample) throws MalformedProfile {
        int labels = sample.labels();
        if (label.length < labels * 4) {
            label = new long[labels * 4];
        }
        for (int i = 0; i < labels; i++) {
            read(profile, sample, i);
        }
        for (int i = 0; i < labels; i++) {
            boolean first = true;
            for (int j = 0; j < i && first; j++) {
                first = label[j * 4] != label[i * 4];
            }
            if (first) {
                label(profile, i, labels);
            }
        }
    }

    private void read(ProfileIndex profile, SampleCursor sample, int index) throws MalformedProfile {
        Arrays.fill(label, index * 4, index * 4 + 4, 0);
        cursor.over(profile.bytes(), sample.labelStart(index), sample.labelEnd(index));
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            int field = ProfileCursor.field(tag);
            if (field >= PprofFields.LABEL_KEY && field <= PprofFields.LABEL_UNIT) {
                label[index * 4 + field - 1] = cursor.varint(tag, "label");
            } else {
                cursor.skip(tag);
            }
        }
    }

    private void label(ProfileIndex profile, int first, int labels) {
        long key = label[first * 4];
        int before = known.size();
        known.add(LABEL);
        known.add(dictionary.string(key));
        int count = 0;
        for (int i = first; i < labels; i++) {
            if (label[i * 4] == key) {
                known.add(dictionary.string(label[i * 4 + 1]));
                known.add(label[i * 4 + 2]);
                known.add(label[i * 4 + 3]);
                count++;
            }
        }
        int attribute = known.close();
        if (attribute == before) {
            write(profile, first, labels, count);
        }
        list(attribute);
    }

    private void write(ProfileIndex profile, int first, int labels, int count) {
        long key = label[first * 4];
        int message = begin(dictionary.string(key));
        int value = table.begin(2);
        if (count == 1) {
            value(profile, first);
        } else {
            int all = table.begin(ARRAY);
            for (int i = first; i < labels; i++) {
                if (label[i * 4] == key) {
                    int element = table.begin(1);
                    value(profile, i);
                    table.end(element);
                }
            }
            table.end(all);
        }
        table.end(value);
        long unit = label[first * 4 + 3];
        if (unit != 0) {
            table.varint(3, dictionary.string(unit));
        }
        table.end(message);
    }

    private void value(ProfileIndex profile, int index) {
        long text = label[index * 4 + 1];
        if (text == 0) {
            table.varint(INT, label[index * 4 + 2]);
        } else {
            int start = profile.stringStart((int) text);
            table.bytes(TEXT, profile.bytes(), start, profile.stringEnd((int) text) - start);
        }
    }

    void write(ProtoWriter out, int field) {
        out.tag(field, ProtoWriter.LEN);
        out.varint(0);
        out.raw(table.array(), 0, table.size());
    }
}
