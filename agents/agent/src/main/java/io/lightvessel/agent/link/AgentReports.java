package io.lightvessel.agent.link;

import com.google.protobuf.ByteString;
import io.lightvessel.wire.Capabilities;
import io.lightvessel.wire.FlowMessages;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.ProfileMessages;
import io.lightvessel.wire.RemoteConfigEntries;
import io.lightvessel.wire.TargetMessages;
import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.AgentConfigMap;
import io.lightvessel.wire.opamp.AgentConfigObject;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AgentDisconnect;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.AvailableComponents;
import io.lightvessel.wire.opamp.ComponentHealth;
import io.lightvessel.wire.opamp.ConnectionSettingsStatus;
import io.lightvessel.wire.opamp.CustomCapabilities;
import io.lightvessel.wire.opamp.EffectiveConfig;
import io.lightvessel.wire.opamp.RemoteConfigStatus;
import io.lightvessel.wire.profiles.ProfilesQuery;
import io.lightvessel.wire.targets.TargetsQuery;
import org.jspecify.annotations.Nullable;

/** Composes what the agent tells: each message numbered, with just the parts that changed since the last one. */
final class AgentReports {
    private static final long CAPABILITIES = Capabilities.of(
            AgentCapabilities.AgentCapabilities_ReportsStatus,
            AgentCapabilities.AgentCapabilities_AcceptsRemoteConfig,
            AgentCapabilities.AgentCapabilities_ReportsEffectiveConfig,
            AgentCapabilities.AgentCapabilities_AcceptsOpAMPConnectionSettings,
            AgentCapabilities.AgentCapabilities_AcceptsOtherConnectionSettings,
            AgentCapabilities.AgentCapabilities_ReportsHealth,
            AgentCapabilities.AgentCapabilities_ReportsRemoteConfig,
            AgentCapabilities.AgentCapabilities_ReportsHeartbeat,
            AgentCapabilities.AgentCapabilities_ReportsAvailableComponents,
            AgentCapabilities.AgentCapabilities_ReportsConnectionSettingsStatus);

    private final ManagedEngine engine;
    private final RemoteConfigs configs;
    private InstanceUid uid;
    private long sequence;
    private @Nullable ConnectionSettingsStatus connectionStatus;

    private AgentDescription sentDescription = AgentDescription.getDefaultInstance();
    private ComponentHealth sentHealth = ComponentHealth.getDefaultInstance();
    private RemoteConfigStatus sentStatus = RemoteConfigStatus.getDefaultInstance();
    private String sentConfig = "";

    AgentReports(ManagedEngine engine, RemoteConfigs configs, InstanceUid uid) {
        this.engine = engine;
        this.configs = configs;
        this.uid = uid;
    }

    InstanceUid uid() {
        return uid;
    }

    void changeUid(InstanceUid newUid) {
        this.uid = newUid;
    }

    /** Everything, for the first message of a connection and when the server asks. */
    AgentToServer fullState() {
        sentDescription = AgentDescription.getDefaultInstance();
        sentHealth = ComponentHealth.getDefaultInstance();
        sentStatus = RemoteConfigStatus.getDefaultInstance();
        sentConfig = "";
        AgentToServer.Builder message = message()
                // Just the hash: a server that does not know it asks for the list.
                .setAvailableComponents(AvailableComponents.newBuilder()
                        .setHash(engine.availableComponents().getHash()))
                .setCustomCapabilities(CustomCapabilities.newBuilder()
                        .addCapabilities(FlowMessages.CAPABILITY)
                        .addCapabilities(TargetMessages.CAPABILITY)
                        .addCapabilities(ProfileMessages.CAPABILITY));
        if (connectionStatus != null) {
            message.setConnectionSettingsStatus(connectionStatus);
        }
        addChanges(message);
        return message.build();
    }

    /** What changed since the last report, or null when nothing did. */
    @Nullable
    AgentToServer changes() {
        AgentToServer.Builder message = AgentToServer.newBuilder();
        return addChanges(message) ? message.mergeFrom(message().build()).build() : null;
    }

    AgentToServer availableComponents() {
        return message().setAvailableComponents(engine.availableComponents()).build();
    }

    AgentToServer heartbeat() {
        return message().build();
    }

    AgentToServer flow() {
        return message().setCustomMessage(FlowMessages.wrap(engine.flow())).build();
    }

    AgentToServer targets(TargetsQuery query) {
        return message()
                .setCustomMessage(TargetMessages.wrap(engine.targets(query)))
                .build();
    }

    AgentToServer profiles(ProfilesQuery query) {
        return message()
                .setCustomMessage(ProfileMessages.wrap(engine.profiles(query)))
                .build();
    }

    AgentToServer connectionStatus(ConnectionSettingsStatus status) {
        connectionStatus = status;
        return message().setConnectionSettingsStatus(status).build();
    }

    /** To be told at the next connection. */
    void rememberConnectionStatus(ConnectionSettingsStatus status) {
        connectionStatus = status;
    }

    AgentToServer disconnect() {
        return message()
                .setAgentDisconnect(AgentDisconnect.getDefaultInstance())
                .build();
    }

    private AgentToServer.Builder message() {
        return AgentToServer.newBuilder()
                .setInstanceUid(uid.toBytes())
                .setSequenceNum(sequence++)
                .setCapabilities(CAPABILITIES);
    }

    private boolean addChanges(AgentToServer.Builder message) {
        boolean changed = false;
        AgentDescription description = engine.description();
        if (!description.equals(sentDescription)) {
            message.setAgentDescription(description);
            sentDescription = description;
            changed = true;
        }
        ComponentHealth health = engine.health();
        if (!health.equals(sentHealth)) {
            message.setHealth(health);
            sentHealth = health;
            changed = true;
        }
        RemoteConfigStatus status = configs.status();
        if (!status.equals(sentStatus)) {
            message.setRemoteConfigStatus(status);
            sentStatus = status;
            changed = true;
        }
        String config = engine.effectiveConfig().orElse("");
        if (!config.equals(sentConfig)) {
            message.setEffectiveConfig(effective(config));
            sentConfig = config;
            changed = true;
        }
        return changed;
    }

    private static EffectiveConfig effective(String yaml) {
        return EffectiveConfig.newBuilder()
                .setConfigMap(AgentConfigMap.newBuilder()
                        .putConfigMap(
                                RemoteConfigEntries.YAML,
                                AgentConfigObject.newBuilder()
                                        .setBody(ByteString.copyFromUtf8(yaml))
                                        .setContentType(RemoteConfigEntries.YAML_CONTENT_TYPE)
                                        .build()))
                .build();
    }
}
