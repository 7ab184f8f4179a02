package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.pprof.PprofFields;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes one pprof profile as {@code ResourceProfiles} over a dictionary. */
final class OtlpProfiles {
    private static final int RESOURCE = 1;
    private static final int SCOPE_PROFILES = 2;
    private static final int SCOPE = 1;
    private static final int PROFILES = 2;
    private static final int ATTRIBUTES = 1;
    private static final int SCOPE_ATTRIBUTES = 3;

    private final OtlpDictionary dictionary;
    private final ProfileCursor top = new ProfileCursor();
    private final SampleCursor sample = new SampleCursor();
    private final ProtoWriter shared = new ProtoWriter(256);

    OtlpProfiles(OtlpDictionary dictionary) {
        this.dictionary = dictionary;
    }

    void write(ProfileIndex profile, Map<String, String> labels, ProtoWriter out) throws MalformedProfile {
        dictionary.add(profile);
        int resource = out.begin(RESOURCE);
        labels.forEach((name, value) -> {
            if (!PprofLabels.isReserved(name)) {
                attribute(out, ATTRIBUTES, PprofLabels.toAttribute(name), value);
            }
        });
        out.end(resource);
        int scoped = out.begin(SCOPE_PROFILES);
        Extras extras = extras(profile);
        int scope = out.begin(SCOPE);
        if (!extras.defaultType.isEmpty()) {
            attribute(out, SCOPE_ATTRIBUTES, OtlpAttributes.DEFAULT_SAMPLE_TYPE, extras.defaultType);
        }
        out.end(scope);
        shared(profile, labels, extras);
        for (int type = 0; type < profile.types(); type++) {
            int message = out.begin(PROFILES);
            valueType(out, 1, profile.typeIndex(type), profile.unitIndex(type));
            samples(profile, type, out);
            out.raw(shared.array(), 0, shared.size());
            out.end(message);
        }
        out.end(scoped);
    }

    private static void attribute(ProtoWriter out, int field, String key, String value) {
        int pair = out.begin(field);
        out.string(1, key);
        int any = out.begin(2);
        out.string(1, value);
        out.end(any);
        out.end(pair);
    }

    /** What pprof says of the profile as a whole and OTLP has no field for. */
    private static final class Extras {
        private final List<String> comments = new ArrayList<>();
        private String dropFrames = "";
        private String keepFrames = "";
        private String docUrl = "";
        private String defaultType = "";
    }

    private Extras extras(ProfileIndex profile) throws MalformedProfile {
        Extras extras = new Extras();
        top.over(profile.bytes(), 0, profile.size());
        while (top.hasMore()) {
            int tag = top.tag();
            switch (ProfileCursor.field(tag)) {
                case PprofFields.DROP_FRAMES -> extras.dropFrames = text(profile, tag);
                case PprofFields.KEEP_FRAMES -> extras.keepFrames = text(profile, tag);
                case PprofFields.DOC_URL -> extras.docUrl = text(profile, tag);
                case PprofFields.DEFAULT_SAMPLE_TYPE -> extras.defaultType = text(profile, tag);
                case PprofFields.COMMENT -> {
                    if ((tag & 7) == ProfileCursor.VARINT) {
                        extras.comments.add(text(profile, tag));
                    } else {
                        int outer = top.enter(tag, "comment");
                        while (top.hasMore()) {
                            extras.comments.add(profile.string((int) top.varint()));
                        }
                        top.leave(outer);
                    }
                }
                default -> top.skip(tag);
            }
        }
        return extras;
    }

    private String text(ProfileIndex profile, int tag) throws MalformedProfile {
        return profile.string((int) top.varint(tag, "text"));
    }

    /** What the profiles of all sample types have in common. */
    private void shared(ProfileIndex profile, Map<String, String> labels, Extras extras) {
        shared.clear();
        if (profile.time() != 0) {
            shared.fixed64(3, profile.time());
        }
        if (profile.duration() != 0) {
            shared.varint(4, profile.duration());
        }
        if (profile.periodTypeIndex() != 0 || profile.periodUnitIndex() != 0) {
            valueType(shared, 5, profile.periodTypeIndex(), profile.periodUnitIndex());
        }
        if (profile.period() != 0) {
            shared.varint(6, profile.period());
        }
        OtlpAttributes attributes = dictionary.attributes();
        attributes.beginList();
        labels.forEach((name, value) -> {
            if (PprofLabels.isReserved(name)) {
                attributes.list(name, value);
            }
        });
        if (!extras.comments.isEmpty()) {
            attributes.list(OtlpAttributes.COMMENT, extras.comments);
        }
        list(attributes, OtlpAttributes.DROP_FRAMES, extras.dropFrames);
        list(attributes, OtlpAttributes.KEEP_FRAMES, extras.keepFrames);
        list(attributes, OtlpAttributes.DOC_URL, extras.docUrl);
        attributes.endList(shared, 11);
    }

    private static void list(OtlpAttributes attributes, String key, String value) {
        if (!value.isEmpty()) {
            attributes.list(key, value);
        }
    }

    private void valueType(ProtoWriter out, int field, long type, long unit) {
        int message = out.begin(field);
        out.varint(1, dictionary.string(type));
        out.varint(2, dictionary.string(unit));
        out.end(message);
    }

    private void samples(ProfileIndex profile, int type, ProtoWriter out) throws MalformedProfile {
        top.over(profile.bytes(), 0, profile.size());
        while (top.hasMore()) {
            int tag = top.tag();
            if (ProfileCursor.field(tag) != PprofFields.SAMPLE) {
                top.skip(tag);
                continue;
            }
            int outer = top.enter(tag, "sample");
            sample.read(profile.bytes(), top.position(), top.limit());
            top.leave(outer);
            int message = out.begin(2);
            out.varint(1, dictionary.stack(sample));
            if (sample.labels() > 0) {
                dictionary.attributes().beginList();
                dictionary.attributes().listLabels(profile, sample);
                dictionary.attributes().endList(out, 2);
            }
            int values = out.begin(4);
            out.varint(sample.value(type));
            out.end(values);
            out.end(message);
        }
    }
}
