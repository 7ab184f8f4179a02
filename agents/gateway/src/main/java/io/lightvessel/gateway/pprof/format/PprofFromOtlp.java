package io.lightvessel.gateway.pprof.format;

import io.lightvessel.gateway.codec.GzipEncoder;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.pprof.PprofFields;
import io.lightvessel.pipeline.pprof.PushRequest;
import io.lightvessel.pipeline.protobuf.HeapCopy;
import io.lightvessel.pipeline.protobuf.ProtoReader;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes pushes of pprof profiles from OTLP ones. Profiles of one scope that stand beside each other and differ in sample
 * type and values only become one, as they were before they became OTLP.
 */
public final class PprofFromOtlp {

    /**
     * A push of one series.
     *
     * @param profiles how many OTLP profiles are in it
     */
    public record Push(byte[] request, int profiles) {}

    private final HeapCopy heap = new HeapCopy();
    private final OtlpTables tables = new OtlpTables();
    private final GzipEncoder gzip = new GzipEncoder();
    private final ProtoWriter plain = new ProtoWriter(1 << 16);
    private final OtlpSample sample = new OtlpSample();

    /** One at a time: what it works in may take some megabytes. */
    public synchronized List<Push> convert(ByteBuf otlp, Map<String, String> externalLabels) throws MalformedPayload {
        ProtoReader reader = heap.reader(otlp);
        tables.clear();
        List<int[]> resources = new ArrayList<>();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> resources.add(bounds(reader));
                case 2 << 3 | ProtoWriter.LEN -> {
                    int outer = reader.enter();
                    tables.read(reader);
                    reader.leave(outer);
                }
                default -> reader.skipField(tag);
            }
        }
        PprofBuilder builder = new PprofBuilder(tables, new ProtoReader(reader.bytes()));
        List<Push> pushes = new ArrayList<>();
        for (int[] resource : resources) {
            resource(reader, resource, builder, externalLabels, pushes);
        }
        return pushes;
    }

    private static int[] bounds(ProtoReader reader) throws MalformedPayload {
        int length = reader.length();
        int start = reader.position();
        reader.skip(length);
        return new int[] {start, start + length};
    }

    private void resource(
            ProtoReader reader, int[] at, PprofBuilder builder, Map<String, String> externalLabels, List<Push> pushes)
            throws MalformedPayload {
        reader.reset(at[0], at[1]);
        SortedMap<String, String> labels = new TreeMap<>();
        List<int[]> scopes = new ArrayList<>();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> {
                    int outer = reader.enter();
                    attributes(reader, 1, labels);
                    reader.leave(outer);
                }
                case 2 << 3 | ProtoWriter.LEN -> scopes.add(bounds(reader));
                default -> reader.skipField(tag);
            }
        }
        for (int[] scope : scopes) {
            scope(reader, scope, builder, labels, externalLabels, pushes);
        }
    }

    private void scope(
            ProtoReader reader,
            int[] at,
            PprofBuilder builder,
            SortedMap<String, String> resourceLabels,
            Map<String, String> externalLabels,
            List<Push> pushes)
            throws MalformedPayload {
        reader.reset(at[0], at[1]);
        SortedMap<String, String> labels = new TreeMap<>();
        List<int[]> found = new ArrayList<>();
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            switch (tag) {
                case 1 << 3 | ProtoWriter.LEN -> {
                    int outer = reader.enter();
                    attributes(reader, 3, labels);
                    reader.leave(outer);
                }
                case 2 << 3 | ProtoWriter.LEN -> found.add(bounds(reader));
                default -> reader.skipField(tag);
            }
        }
        String defaultType = labels.remove(PprofLabels.toLabel(OtlpAttributes.DEFAULT_SAMPLE_TYPE));
        labels.putAll(resourceLabels);
        List<OtlpProfile> group = new ArrayList<>();
        for (int[] profile : found) {
            OtlpProfile next = new OtlpProfile(reader, profile[0], profile[1]);
            if (!group.isEmpty() && group.getFirst().shape != next.shape) {
                pushes.add(push(reader, group, builder, labels, externalLabels, defaultType));
                group.clear();
            }
            group.add(next);
        }
        if (!group.isEmpty()) {
            pushes.add(push(reader, group, builder, labels, externalLabels, defaultType));
        }
    }

    private static void attributes(ProtoReader reader, int field, SortedMap<String, String> labels)
            throws MalformedPayload {
        for (int tag = reader.tag(); tag != 0; tag = reader.tag()) {
            if (tag != (field << 3 | ProtoWriter.LEN)) {
                reader.skipField(tag);
                continue;
            }
            int outer = reader.enter();
            String key = "";
            String value = null;
            for (int inner = reader.tag(); inner != 0; inner = reader.tag()) {
                switch (inner) {
                    case 1 << 3 | ProtoWriter.LEN -> key = reader.string();
                    case 2 << 3 | ProtoWriter.LEN -> {
                        int any = reader.enter();
                        value = AnyValueText.read(reader);
                        reader.leave(any);
                    }
                    default -> reader.skipField(inner);
                }
            }
            reader.leave(outer);
            if (value != null && !value.isEmpty() && !key.isEmpty()) {
                labels.putIfAbsent(PprofLabels.toLabel(key), value);
            }
        }
    }

    private Push push(
            ProtoReader reader,
            List<OtlpProfile> group,
            PprofBuilder builder,
            SortedMap<String, String> common,
            Map<String, String> externalLabels,
            @Nullable String defaultType)
            throws MalformedPayload {
        OtlpProfile first = group.getFirst();
        builder.begin(new ProtoReader(reader.bytes()));
        SortedMap<String, String> labels = new TreeMap<>(common);
        for (long attribute : first.attributes) {
            builder.profileAttribute(attribute, labels);
        }
        boolean cpuSamples = PprofNames.isCpuSamples(builder, group);
        for (OtlpProfile profile : group) {
            builder.valueType(
                    PprofFields.SAMPLE_TYPE,
                    cpuSamples ? "cpu" : builder.textAt(profile.type),
                    cpuSamples ? "nanoseconds" : builder.textAt(profile.unit));
        }
        PprofNames.complete(labels, builder, group);
        labels.putAll(externalLabels);
        head(builder, first, defaultType);
        for (int i = 0; i < first.samples; i++) {
            first.read(i, reader, sample);
            int message = builder.beginSample(sample.stack);
            builder.value(cpuSamples ? sample.value * first.period : sample.value);
            for (long attribute : sample.attributes) {
                builder.label(attribute);
            }
            builder.link(sample.link);
            for (int other = 1; other < group.size(); other++) {
                group.get(other).read(i, reader, sample);
                builder.value(sample.value);
            }
            builder.endSample(message);
        }
        plain.clear();
        builder.write(plain);
        ByteBuf packed = Unpooled.buffer(Math.max(256, plain.size() / 4));
        gzip.encode(Unpooled.wrappedBuffer(plain.array(), 0, plain.size()), packed);
        ByteBuf request =
                PushRequest.of(labels, packed, UUID.randomUUID(), reader.bytes().alloc());
        try {
            return new Push(ByteBufUtil.getBytes(request), group.size());
        } finally {
            request.release();
        }
    }

    private static void head(PprofBuilder builder, OtlpProfile profile, @Nullable String defaultType)
            throws MalformedPayload {
        ProtoWriter head = builder.head();
        if (profile.time != 0) {
            head.varint(PprofFields.TIME, profile.time);
        }
        if (profile.duration != 0) {
            head.varint(PprofFields.DURATION, profile.duration);
        }
        if (profile.periodType != 0 || profile.periodUnit != 0) {
            builder.valueType(
                    PprofFields.PERIOD_TYPE, builder.textAt(profile.periodType), builder.textAt(profile.periodUnit));
        }
        if (profile.period != 0) {
            head.varint(PprofFields.PERIOD, profile.period);
        }
        if (defaultType != null) {
            head.varint(PprofFields.DEFAULT_SAMPLE_TYPE, builder.text(defaultType));
        }
    }
}
