package io.lightvessel.fleet;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the fleet.
 *
 * @param disconnectGrace how long an agent may be away before it counts as down
 * @param configValidity how long a signed config may be applied after it was offered
 */
@ConfigurationProperties("lightvessel.fleet")
record FleetSettings(
        @DefaultValue("30s") Duration disconnectGrace,
        @DefaultValue("30d") Duration configValidity) {}
