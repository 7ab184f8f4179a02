package io.lightvessel.testing;

import io.lightvessel.wire.AgentAttributes;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.AnyValue;
import io.lightvessel.wire.opamp.KeyValue;

/** Makes an agent's messages, numbered as they should be; how they are sent is the test's business. */
public final class WireAgent {
    private final String name;
    private final InstanceUid uid;
    private long sequence;

    public WireAgent(String name) {
        this(name, SimulatedAgent.newUid());
    }

    public WireAgent(String name, InstanceUid uid) {
        this.name = name;
        this.uid = uid;
    }

    public InstanceUid uid() {
        return uid;
    }

    /** The next message, empty but for what every message has. */
    public AgentToServer.Builder message() {
        return AgentToServer.newBuilder()
                .setInstanceUid(uid.toBytes())
                .setSequenceNum(sequence++)
                .setCapabilities(SimulatedAgent.CAPABILITIES);
    }

    /** The next message with everything there is to say. */
    public AgentToServer.Builder fullState(String role) {
        return message().setAgentDescription(description(role)).setHealth(SimulatedAgent.healthy());
    }

    public AgentDescription description(String role) {
        return AgentDescription.newBuilder()
                .addIdentifyingAttributes(attribute(AgentAttributes.SERVICE_NAME, AgentAttributes.OWN_SERVICE_NAME))
                .addIdentifyingAttributes(attribute(AgentAttributes.SERVICE_INSTANCE_ID, uid.toString()))
                .addIdentifyingAttributes(attribute(AgentAttributes.SERVICE_VERSION, "0.1.0"))
                .addNonIdentifyingAttributes(attribute(AgentAttributes.HOST_NAME, "host-of-" + name))
                .addNonIdentifyingAttributes(attribute(AgentAttributes.ROLE, role))
                .addNonIdentifyingAttributes(attribute(AgentAttributes.AGENT_NAME, name))
                .build();
    }

    public static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
