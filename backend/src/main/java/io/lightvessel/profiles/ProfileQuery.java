package io.lightvessel.profiles;

import io.lightvessel.fleet.AgentId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which samples are wanted.
 *
 * @param agent of this agent's node only; null for all
 * @param service of this service only; empty for all
 * @param process of the process with this key only, which needs an agent; empty for all
 * @param last how far back from now
 */
public record ProfileQuery(@Nullable AgentId agent, String service, String process, Duration last) {
    public static final int USUAL_MINUTES = 5;
    /** What an agent keeps at most. */
    public static final int MOST_MINUTES = 60;
}
