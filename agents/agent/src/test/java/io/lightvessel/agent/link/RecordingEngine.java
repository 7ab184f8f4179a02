package io.lightvessel.agent.link;

import com.google.protobuf.ByteString;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AnyValue;
import io.lightvessel.wire.opamp.AvailableComponents;
import io.lightvessel.wire.opamp.ComponentDetails;
import io.lightvessel.wire.opamp.ComponentHealth;
import io.lightvessel.wire.opamp.KeyValue;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** An engine whose configs are words: {@code bad…} is refused, {@code part…} applied in part, all else in force. */
final class RecordingEngine implements ManagedEngine {
    final List<String> applied = new CopyOnWriteArrayList<>();
    volatile ComponentHealth health =
            ComponentHealth.newBuilder().setHealthy(true).setStatus("StatusOK").build();
    volatile boolean portFree;
    volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile String effective;

    @Override
    public Outcome apply(byte[] yaml) {
        String text = new String(yaml, StandardCharsets.UTF_8);
        applied.add(text);
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (text.startsWith("bad")) {
            return new Outcome.Refused("receivers::otlp: 0.0.0.0:4317 is taken");
        }
        effective = text;
        return text.startsWith("part") && !portFree
                ? new Outcome.AppliedInPart("pipeline logs does not run")
                : new Outcome.Applied();
    }

    @Override
    public Optional<String> effectiveConfig() {
        return Optional.ofNullable(effective);
    }

    @Override
    public ComponentHealth health() {
        return health;
    }

    @Override
    public AvailableComponents availableComponents() {
        return AvailableComponents.newBuilder()
                .setHash(ByteString.copyFromUtf8("c1"))
                .putComponents("receivers", ComponentDetails.getDefaultInstance())
                .build();
    }

    @Override
    public FlowReport flow() {
        return FlowReport.newBuilder().setStartTimeUnixNano(42).build();
    }

    @Override
    public TargetsAnswer targets(TargetsQuery query) {
        return TargetsAnswer.newBuilder()
                .setQueryId(query.getQueryId())
                .addProblems("asked for " + query.getJob())
                .build();
    }

    @Override
    public ProfilesAnswer profiles(ProfilesQuery query) {
        return ProfilesAnswer.newBuilder()
                .setQueryId(query.getQueryId())
                .addProblems("asked for " + query.getService())
                .build();
    }

    @Override
    public AgentDescription description() {
        return AgentDescription.newBuilder()
                .addIdentifyingAttributes(KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue("io.lightvessel.agent")))
                .build();
    }
}
