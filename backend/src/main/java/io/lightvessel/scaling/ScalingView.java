package io.lightvessel.scaling;

import io.lightvessel.stack.HpaPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's scaling at a glance.
 *
 * @param revision the stack's revision; 0 when none is saved and the policy is the default
 * @param currentReplicas connected gateways
 * @param manifest the rendered HPA; null when scaling is off
 */
public record ScalingView(
        int revision,
        HpaPolicy policy,
        int currentReplicas,
        @Nullable String manifest) {}
