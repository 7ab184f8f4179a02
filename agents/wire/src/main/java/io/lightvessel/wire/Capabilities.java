package io.lightvessel.wire;

import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.ServerCapabilities;

/** Reads and builds the capability bit fields of OpAMP; bits it does not know are ignored, as the spec demands. */
public final class Capabilities {
    private Capabilities() {}

    public static long of(AgentCapabilities... capabilities) {
        long bits = 0;
        for (AgentCapabilities capability : capabilities) {
            bits |= capability.getNumber();
        }
        return bits;
    }

    public static long of(ServerCapabilities... capabilities) {
        long bits = 0;
        for (ServerCapabilities capability : capabilities) {
            bits |= capability.getNumber();
        }
        return bits;
    }

    public static boolean has(long bits, AgentCapabilities capability) {
        return (bits & capability.getNumber()) != 0;
    }

    public static boolean has(long bits, ServerCapabilities capability) {
        return (bits & capability.getNumber()) != 0;
    }
}
