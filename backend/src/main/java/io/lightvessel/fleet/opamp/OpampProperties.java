package io.lightvessel.fleet.opamp;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the OpAMP endpoint.
 *
 * @param port of the second listener; 0 takes a free one, -1 opens none
 * @param maxMessageSize after decompression, in both directions
 * @param messageTimeout from the first to the last byte of a message, and from connecting to the first message
 * @param retryAfter what a throttled agent is told
 * @param inboundBudget bytes of messages that may be in the making at once; a quarter of the heap when not set
 */
@ConfigurationProperties("lightvessel.opamp")
public record OpampProperties(
        @DefaultValue("4320") int port,
        @DefaultValue("64MB") DataSize maxMessageSize,
        @DefaultValue("30s") Duration messageTimeout,
        @DefaultValue("30s") Duration retryAfter,
        @DefaultValue("0B") DataSize inboundBudget) {

    public OpampProperties {
        if (port < -1 || port > 65_535) {
            throw new IllegalArgumentException("lightvessel.opamp.port: " + port + " (expected: -1..65535)");
        }
        if (maxMessageSize.toBytes() < 1
                || maxMessageSize.toBytes() > DataSize.ofMegabytes(64).toBytes()) {
            throw new IllegalArgumentException(
                    "lightvessel.opamp.max-message-size: " + maxMessageSize + " (expected: 1B..64MB)");
        }
        if (inboundBudget.isNegative()) {
            throw new IllegalArgumentException(
                    "lightvessel.opamp.inbound-budget: " + inboundBudget + " (expected: 0B or more)");
        }
    }

    long budgetBytes() {
        return inboundBudget.toBytes() > 0
                ? inboundBudget.toBytes()
                : Runtime.getRuntime().maxMemory() / 4;
    }

    int maxMessageBytes() {
        return Math.toIntExact(maxMessageSize.toBytes());
    }
}
