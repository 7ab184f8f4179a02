package io.lightvessel.fleet;

import java.time.Instant;

/** How an agent does, why we think so, and since when. */
public record Health(HealthStatus status, String reason, Instant since) {}
