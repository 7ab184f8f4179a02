package io.lightvessel.agent.link;

import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.opamp.AgentDescription;
import io.lightvessel.wire.opamp.AvailableComponents;
import io.lightvessel.wire.opamp.ComponentHealth;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.util.Optional;

/** What the control link steers and reports on: the engine of this process, seen in the control plane's terms. */
public interface ManagedEngine {
    /** Brings a config into force or keeps the old one; may take as long as opening listeners takes. */
    Outcome apply(byte[] yaml);

    /** The config in force with its secrets masked, or empty before the first one. */
    Optional<String> effectiveConfig();

    ComponentHealth health();

    FlowReport flow();

    /** What this process fetches from, as far as the question asks. */
    TargetsAnswer targets(TargetsQuery query);

    /** What was sampled in the last minutes, as far as the query asks for it. */
    ProfilesAnswer profiles(ProfilesQuery query);

    /** Who this agent is; changes when a new config opens other endpoints. */
    AgentDescription description();

    /** What configs can be made of here. */
    AvailableComponents availableComponents();

    /** What became of a config. */
    sealed interface Outcome {
        /** It is in force. */
        record Applied() implements Outcome {}

        /** It is in force but for some of its pipelines; only when nothing ran before. */
        record AppliedInPart(String reason) implements Outcome {}

        /** It is not, and what ran before still runs. */
        record Refused(String reason) implements Outcome {}
    }
}
