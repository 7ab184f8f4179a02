package io.lightvessel.fleet.opamp;

import io.lightvessel.fleet.TransportKind;
import io.lightvessel.wire.InstanceUid;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows before its first message.
 *
 * @param authorization the header as sent; a secret, never logged
 * @param instanceUid from the OpAMP-Instance-UID header, which most WebSocket clients do not send
 */
public record Knock(
        @Nullable String authorization,
        @Nullable InstanceUid instanceUid,
        String remoteAddress,
        TransportKind transport) {

    @Override
    public String toString() {
        return transport + " connection from " + remoteAddress;
    }
}
