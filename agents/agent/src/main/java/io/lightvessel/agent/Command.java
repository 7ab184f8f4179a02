package io.lightvessel.agent;

import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.Token;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface Command {
    /** Run under a control plane. */
    record RunManaged(
            AgentRole role, URI controlPlane, @Nullable Token token, Path state, String name) implements Command {}

    /** Run a config file, without a control plane. */
    record RunLocal(Path config, @Nullable Path state, String name) implements Command {}

    /** Look at a config file without running it. */
    record Validate(Path config) implements Command {}

    /** Show what a config file comes to, component by component. */
    record Explain(Path config) implements Command {}

    /** List the components this agent is built with, or describe one; null lists all. */
    record Components(@Nullable String type) implements Command {}

    /** Have the agent of a state directory hand over what it owns; return then, but not before this time has passed. */
    record Drain(Path state, Duration atLeast) implements Command {}

    /** Do what an agent does first, and end. */
    record WarmUp() implements Command {}

    /** Print the version. */
    record Version() implements Command {}

    /** Print the usage. */
    record Help() implements Command {}
}
