package io.lightvessel.agent.debug;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which agent this is.
 *
 * @param role empty when it runs a config file
 * @param notes what else there is to tell, by topic; an empty note means that all is well there
 */
public record AboutAgent(
        String name,
        String instance,
        String version,
        String role,
        Instant started,
        Supplier<Map<String, Optional<String>>> notes) {}
