package io.lightvessel.gateway.pprof.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedInputStream;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.pprof.PprofFields;
import io.lightvessel.pipeline.pprof.PushRequest;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.profiles.v1development.ExportProfilesServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.profiles.v1development.KeyValueAndUnit;
import io.opentelemetry.proto.profiles.v1development.Link;
import io.opentelemetry.proto.profiles.v1development.Location;
import io.opentelemetry.proto.profiles.v1development.Profile;
import io.opentelemetry.proto.profiles.v1development.ProfilesDictionary;
import io.opentelemetry.proto.profiles.v1development.ResourceProfiles;
import io.opentelemetry.proto.profiles.v1development.Sample;
import io.opentelemetry.proto.profiles.v1development.ScopeProfiles;
import io.opentelemetry.proto.profiles.v1development.Stack;
import io.opentelemetry.proto.profiles.v1development.ValueType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OtlpConversionTest {
    private static final SortedMap<String, String> LABELS = new TreeMap<>(
            Map.of("__name__", "memory", "__delta__", "false", "service_name", "shop", "job", "j", "instance", "i:1"));
    private static final long T = 1_700_000_000_000_000_000L;

    private final OtlpFromPprof toOtlp = new OtlpFromPprof();
    private final PprofFromOtlp fromOtlp = new PprofFromOtlp();

    private static TestProfile heap() {
        TestProfile profile = new TestProfile("alloc_objects/count", "alloc_space/bytes")
                .add("main;a|bytes=48 bytes", 3, 144)
                .add("main;a|bytes=64 bytes", 1, 64)
                .add("main;b|user=x|user=y|n=7 ", 2, 20)
                .add("main;a;b", 5, 50);
        profile.time = T;
        profile.duration = 15;
        profile.periodType = "space/bytes";
        profile.period = 524_288;
        return profile;
    }

    private static Payload pushed(byte[]... profiles) {
        ByteBuf all = Unpooled.buffer();
        for (byte[] profile : profiles) {
            ByteBuf one = PushRequest.of(
                    LABELS, Unpooled.wrappedBuffer(profile), UUID.randomUUID(), ByteBufAllocator.DEFAULT);
            all.writeBytes(one);
            one.release();
        }
        return Payload.of(PayloadForm.PPROF, all, 2 * profiles.length, null);
    }

    private ExportProfilesServiceRequest otlp(byte[]... profiles) throws Exception {
        Payload payload = pushed(profiles);
        ByteBuf bytes = toOtlp.toOtlp(payload);
        payload.release();
        Payload walked = Payload.walk(Signal.PROFILES, bytes.retain());
        assertThat(walked.records()).isEqualTo(2 * profiles.length);
        walked.release();
        return ExportProfilesServiceRequest.parseFrom(ByteBufUtil.getBytes(bytes));
    }

    private List<TestProfile> back(ExportProfilesServiceRequest request) throws Exception {
        List<TestProfile> profiles = new ArrayList<>();
        for (PprofFromOtlp.Push push : fromOtlp.convert(Unpooled.wrappedBuffer(request.toByteArray()), Map.of())) {
            profiles.add(TestProfile.read(raw(push.request(), new TreeMap<>())));
        }
        return profiles;
    }

    private static byte[] raw(byte[] request, Map<String, String> labels) throws Exception {
        byte[] raw = {};
        CodedInputStream in = CodedInputStream.newInstance(request);
        in.readTag();
        CodedInputStream series = CodedInputStream.newInstance(in.readByteArray());
        for (int tag = series.readTag(); tag != 0; tag = series.readTag()) {
            CodedInputStream inner = CodedInputStream.newInstance(series.readByteArray());
            inner.readTag();
            byte[] first = inner.readByteArray();
            inner.readTag();
            if (tag == 10) {
                labels.put(new String(first, java.nio.charset.StandardCharsets.UTF_8), inner.readString());
            } else {
                raw = first;
            }
        }
        return raw;
    }

    @Test
    void everySampleTypeIsAProfileOverOneDictionary() throws Exception {
        ExportProfilesServiceRequest request = otlp(heap().gzipped());
        ProfilesDictionary dictionary = request.getDictionary();
        ResourceProfiles resource = request.getResourceProfiles(0);
        assertThat(resource.getResource().getAttributesList())
                .extracting(attribute ->
                        attribute.getKey() + "=" + attribute.getValue().getStringValue())
                .containsExactly("instance=i:1", "job=j", "service.name=shop");
        List<Profile> profiles = resource.getScopeProfiles(0).getProfilesList();
        assertThat(profiles)
                .extracting(profile -> dictionary.getStringTable(
                                profile.getSampleType().getTypeStrindex()) + "/"
                        + dictionary.getStringTable(profile.getSampleType().getUnitStrindex()))
                .containsExactly("alloc_objects/count", "alloc_space/bytes");
        assertThat(profiles).allSatisfy(profile -> {
            assertThat(profile.getTimeUnixNano()).isEqualTo(T);
            assertThat(profile.getDurationNano()).isEqualTo(15);
            assertThat(profile.getPeriod()).isEqualTo(524_288);
            assertThat(profile.getSamplesCount()).isEqualTo(4);
            assertThat(attributes(dictionary, profile.getAttributeIndicesList()))
                    .containsExactly("__delta__=false", "__name__=memory");
        });
        Sample labelled = profiles.get(1).getSamples(0);
        assertThat(labelled.getValuesList()).containsExactly(144L);
        assertThat(attributes(dictionary, labelled.getAttributeIndicesList())).containsExactly("bytes=48 bytes");
        assertThat(profiles.get(0).getSamples(1).getStackIndex()).isEqualTo(labelled.getStackIndex());
    }

    @Test
    void dictionaryKeepsTheRulesOfTheSpecification() throws Exception {
        ProfilesDictionary dictionary = otlp(heap().gzipped()).getDictionary();
        assertThat(dictionary.getStringTable(0)).isEmpty();
        assertThat(dictionary.getMappingTable(0).getSerializedSize()).isZero();
        assertThat(dictionary.getLocationTable(0)).isEqualTo(Location.getDefaultInstance());
        assertThat(dictionary.getFunctionTable(0).getSerializedSize()).isZero();
        assertThat(dictionary.getAttributeTable(0)).isEqualTo(KeyValueAndUnit.getDefaultInstance());
        assertThat(dictionary.getStackTable(0)).isEqualTo(Stack.getDefaultInstance());
        assertThat(dictionary.getLinkTable(0).getTraceId().size()).isEqualTo(16);
        assertThat(dictionary.getLinkTable(0).getSpanId().size()).isEqualTo(8);
        assertThat(new HashSet<>(dictionary.getStringTableList())).hasSize(dictionary.getStringTableCount());
        assertThat(new HashSet<>(dictionary.getAttributeTableList())).hasSize(dictionary.getAttributeTableCount());
        assertThat(new HashSet<>(dictionary.getStackTableList())).hasSize(dictionary.getStackTableCount());
        assertThat(attributes(dictionary, dictionary.getMappingTable(1).getAttributeIndicesList()))
                .containsExactlyInAnyOrder("process.executable.build_id.gnu=b-1", "pprof.mapping.has_functions=true");
    }

    private static List<String> attributes(ProfilesDictionary dictionary, List<Integer> indices) {
        return indices.stream()
                .map(dictionary::getAttributeTable)
                .map(attribute ->
                        dictionary.getStringTable(attribute.getKeyStrindex()) + "=" + text(attribute.getValue())
                                + (attribute.getUnitStrindex() == 0
                                        ? ""
                                        : " " + dictionary.getStringTable(attribute.getUnitStrindex())))
                .toList();
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> String.valueOf(value.getBoolValue());
            case INT_VALUE -> String.valueOf(value.getIntValue());
            case ARRAY_VALUE ->
                value.getArrayValue().getValuesList().stream()
                        .map(OtlpConversionTest::text)
                        .toList()
                        .toString();
            default -> value.toString();
        };
    }

    @Test
    void wayThereAndBackLosesNothing() throws Exception {
        TestProfile sent = heap();
        TestProfile got = back(otlp(sent.gzipped())).getFirst();
        TestProfile same = TestProfile.read(sent.bytes());
        assertThat(got.values()).isEqualTo(same.values());
        assertThat(got.types).isEqualTo(sent.types);
        assertThat(got.periodType).isEqualTo("space/bytes");
        assertThat(List.of(got.time, got.duration, got.period)).containsExactly(T, 15L, 524_288L);
        assertThat(List.of(got.mappings, got.locations, got.functions)).containsExactly(1, 3, 3);
        assertThat(got.strings).contains("/bin/shop", "b-1", "a.go");
    }

    @Test
    void textsOfTheProfileItselfGoThereAndBack() throws Exception {
        ProtoWriter more = new ProtoWriter(64);
        byte[] plain = heap().bytes();
        more.raw(plain, 0, plain.length);
        int strings = TestProfile.read(plain).strings.size();
        for (String text : List.of("first", "second", "drop.*", "keep.*", "https://doc")) {
            more.string(PprofFields.STRING, text);
        }
        int comments = more.begin(PprofFields.COMMENT);
        more.varint(strings);
        more.varint(strings + 1);
        more.end(comments);
        more.varint(PprofFields.DROP_FRAMES, strings + 2);
        more.varint(PprofFields.KEEP_FRAMES, strings + 3);
        more.varint(PprofFields.DOC_URL, strings + 4);
        more.varint(PprofFields.DEFAULT_SAMPLE_TYPE, 1);
        ExportProfilesServiceRequest request = otlp(TestProfile.gzip(more.toByteArray()));
        assertThat(attributes(
                        request.getDictionary(),
                        request.getResourceProfiles(0)
                                .getScopeProfiles(0)
                                .getProfiles(0)
                                .getAttributeIndicesList()))
                .contains("pprof.profile.comment=[first, second]", "pprof.profile.drop_frames=drop.*")
                .contains("pprof.profile.keep_frames=keep.*", "pprof.profile.doc_url=https://doc");
        assertThat(request.getResourceProfiles(0).getScopeProfiles(0).getScope().getAttributesList())
                .extracting(KeyValue::getKey)
                .containsExactly("pprof.scope.default_sample_type");
        assertThat(back(request).getFirst().strings).contains("first", "second", "drop.*", "keep.*", "https://doc");
    }

    @Test
    void severalProfilesOfOneRequestStayApart() throws Exception {
        TestProfile other =
                new TestProfile("contentions/count", "delay/nanoseconds").add("main;lock|bytes=48 bytes", 1, 2);
        List<TestProfile> got = back(otlp(heap().gzipped(), other.gzipped()));
        assertThat(got).hasSize(2);
        assertThat(got.get(0).values())
                .isEqualTo(TestProfile.read(heap().bytes()).values());
        assertThat(got.get(1).values()).isEqualTo(other.values());
    }

    @Test
    void profileOfAnEbpfProfilerBecomesTimeOfTheProcessor() throws Exception {
        ProfilesDictionary.Builder dictionary = ProfilesDictionary.newBuilder()
                .addAllStringTable(List.of("", "samples", "count", "cpu", "nanoseconds", "thread.name", "unused"))
                .addMappingTable(io.opentelemetry.proto.profiles.v1development.Mapping.getDefaultInstance())
                .addLocationTable(Location.getDefaultInstance())
                .addLocationTable(Location.newBuilder().setAddress(0x1234))
                .addFunctionTable(io.opentelemetry.proto.profiles.v1development.Function.getDefaultInstance())
                .addStackTable(Stack.getDefaultInstance())
                .addStackTable(Stack.newBuilder().addLocationIndices(1))
                .addLinkTable(Link.getDefaultInstance())
                .addLinkTable(Link.newBuilder()
                        .setTraceId(com.google.protobuf.ByteString.fromHex("0102030405060708090a0b0c0d0e0f10"))
                        .setSpanId(com.google.protobuf.ByteString.fromHex("0102030405060708")))
                .addAttributeTable(KeyValueAndUnit.getDefaultInstance())
                .addAttributeTable(KeyValueAndUnit.newBuilder()
                        .setKeyStrindex(5)
                        .setValue(AnyValue.newBuilder().setStringValue("worker")));
        Profile profile = Profile.newBuilder()
                .setSampleType(ValueType.newBuilder().setTypeStrindex(1).setUnitStrindex(2))
                .setPeriodType(ValueType.newBuilder().setTypeStrindex(3).setUnitStrindex(4))
                .setPeriod(10_000_000)
                .addSamples(Sample.newBuilder()
                        .setStackIndex(1)
                        .addAttributeIndices(1)
                        .setLinkIndex(1)
                        .addTimestampsUnixNano(1)
                        .addTimestampsUnixNano(2))
                .build();
        ExportProfilesServiceRequest request = ExportProfilesServiceRequest.newBuilder()
                .setDictionary(dictionary)
                .addResourceProfiles(ResourceProfiles.newBuilder()
                        .setResource(io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                                .addAttributes(KeyValue.newBuilder()
                                        .setKey("process.executable.name")
                                        .setValue(AnyValue.newBuilder().setStringValue("java"))))
                        .addScopeProfiles(ScopeProfiles.newBuilder().addProfiles(profile)))
                .build();
        List<PprofFromOtlp.Push> pushes =
                fromOtlp.convert(Unpooled.wrappedBuffer(request.toByteArray()), Map.of("cluster", "eu"));
        assertThat(pushes).hasSize(1);
        Map<String, String> labels = new TreeMap<>();
        TestProfile got = TestProfile.read(raw(pushes.getFirst().request(), labels));
        assertThat(labels)
                .isEqualTo(Map.of(
                        "__delta__", "false",
                        "__name__", "process_cpu",
                        "cluster", "eu",
                        "process_executable_name", "java",
                        "service_name", "unknown_service:java"));
        assertThat(got.types).containsExactly("cpu/nanoseconds");
        assertThat(got.values())
                .isEqualTo(Map.of(
                        "1234|thread.name=worker|trace_id=0102030405060708090a0b0c0d0e0f10|span_id=0102030405060708",
                        List.of(20_000_000L)));
        assertThat(got.strings).doesNotContain("unused");
    }

    @Test
    void indexBeyondTheDictionaryIsSaid() {
        ExportProfilesServiceRequest request = ExportProfilesServiceRequest.newBuilder()
                .setDictionary(
                        ProfilesDictionary.newBuilder().addStringTable("").addStackTable(Stack.getDefaultInstance()))
                .addResourceProfiles(ResourceProfiles.newBuilder()
                        .addScopeProfiles(ScopeProfiles.newBuilder()
                                .addProfiles(Profile.newBuilder()
                                        .setSampleType(ValueType.newBuilder())
                                        .addSamples(Sample.newBuilder()
                                                .setStackIndex(4)
                                                .addValues(1)))))
                .build();
        assertThatThrownBy(() -> fromOtlp.convert(Unpooled.wrappedBuffer(request.toByteArray()), Map.of()))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage("stack 4 (expected: less than 1, as many as the dictionary has)");
    }
}
