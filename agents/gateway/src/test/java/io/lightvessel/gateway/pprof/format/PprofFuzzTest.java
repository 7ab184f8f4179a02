package io.lightvessel.gateway.pprof.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.Signal;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.pprof.PushRequest;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PprofFuzzTest {
    private static final Set<String> GROWING = Set.of("alloc_objects", "alloc_space", "contentions", "delay");
    private static final TreeMap<String, String> LABELS =
            new TreeMap<>(Map.of("__name__", "memory", "service_name", "s"));

    private final ProfileIndex index = new ProfileIndex();
    private final ProfileIndex check = new ProfileIndex();
    private final ProfileDelta delta = new ProfileDelta();
    private final OtlpFromPprof toOtlp = new OtlpFromPprof();
    private final PprofFromOtlp fromOtlp = new PprofFromOtlp();

    /** What is taken for a profile can be compared with itself and with another, and what comes out is a profile. */
    @Test
    void profilesAndTheirDifferences() {
        byte[] other = new TestProfile("alloc_objects/count", "alloc_space/bytes")
                .add("main.main;main.serve", 1, 2)
                .bytes();
        Fuzz.run(
                "pprof",
                5000,
                input -> {
                    index.read(input, input.length);
                    int[] columns = ProfileDelta.columns(index, GROWING);
                    ProtoWriter out = new ProtoWriter(64);
                    ProfileDelta.Outcome first = delta.take(index, columns, null, 1, out);
                    ProfileDelta.Outcome same = delta.take(
                            index, columns, DeltaState.of(first.state().bytes()), 2, out);
                    written(same, out, input);
                    index.read(other, other.length);
                    out.clear();
                    ProfileDelta.Outcome changed =
                            delta.take(index, ProfileDelta.columns(index, GROWING), first.state(), 3, out);
                    written(changed, out, other);
                    return first.state().stacks() + " stacks, " + columns.length + " of them compared";
                },
                MalformedProfile.class);
    }

    private void written(ProfileDelta.Outcome outcome, ProtoWriter out, byte[] source) throws MalformedProfile {
        assertThat(out.size()).isLessThanOrEqualTo(source.length * 6 + 64);
        if (outcome.samples() > 0) {
            check.read(out.array(), out.size());
            assertThat(check.samples()).isEqualTo(outcome.samples());
        }
    }

    /** What is a profile becomes OTLP with as many records as are counted, and that becomes a profile again. */
    @Test
    void profilesAsOtlpAndBack() {
        Fuzz.run(
                "pprof",
                2000,
                input -> {
                    index.read(input, input.length);
                    int types = index.types();
                    int samples = index.samples();
                    ByteBuf request = PushRequest.of(
                            LABELS, Unpooled.wrappedBuffer(input), UUID.randomUUID(), ByteBufAllocator.DEFAULT);
                    Payload payload = Payload.of(PayloadForm.PPROF, request, types, null);
                    ByteBuf otlp = toOtlp.toOtlp(payload);
                    payload.release();
                    Payload walked = Payload.walk(Signal.PROFILES, otlp.duplicate());
                    assertThat(walked.records()).isEqualTo(types);
                    int profiles = 0;
                    for (PprofFromOtlp.Push push : fromOtlp.convert(otlp, Map.of())) {
                        profiles += push.profiles();
                    }
                    assertThat(profiles).isEqualTo(types);
                    return types + " types, " + samples + " samples";
                },
                MalformedProfile.class);
    }

    /** Whatever a client sends as OTLP is refused or becomes profiles that are valid. */
    @Test
    void otlpFromAnybody() {
        Gunzip gunzip = new Gunzip();
        Fuzz.run(
                "profiles",
                3000,
                input -> {
                    int profiles = 0;
                    for (PprofFromOtlp.Push push : fromOtlp.convert(Unpooled.wrappedBuffer(input), Map.of())) {
                        ByteBuf request = Unpooled.wrappedBuffer(push.request());
                        new PushReader(request).visit(new PushReader.Visitor() {
                            @Override
                            public void profile(int start, int end) throws MalformedPayload {
                                try {
                                    gunzip.read(request.slice(start, end - start), 64 << 20);
                                    check.read(gunzip.array(), gunzip.size());
                                } catch (MalformedProfile e) {
                                    throw new AssertionError("made a profile that is none", e);
                                }
                            }
                        });
                        profiles += push.profiles();
                    }
                    return profiles + " profiles";
                },
                MalformedPayload.class);
    }

    /** States come from other replicas. */
    @Test
    void statesFromElsewhere() {
        byte[] profile = new TestProfile("contentions/count", "delay/nanoseconds")
                .add("main;lock", 7, 900)
                .bytes();
        Fuzz.run(
                "pprof-state",
                3000,
                input -> {
                    DeltaState state = DeltaState.of(input);
                    index.read(profile, profile.length);
                    ProtoWriter out = new ProtoWriter(64);
                    ProfileDelta.Outcome outcome =
                            delta.take(index, ProfileDelta.columns(index, GROWING), state, 1, out);
                    return outcome.samples() + " samples, restarted " + outcome.hasRestarted();
                },
                MalformedProfile.class);
    }
}
