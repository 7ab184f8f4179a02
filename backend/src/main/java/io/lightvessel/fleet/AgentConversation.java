package io.lightvessel.fleet;

import io.lightvessel.fleet.opamp.Conversation;
import io.lightvessel.fleet.opamp.Outlet;
import io.lightvessel.fleet.opamp.Reply;
import io.lightvessel.wire.Capabilities;
import io.lightvessel.wire.FlowMessages;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.ProfileMessages;
import io.lightvessel.wire.RefusalCode;
import io.lightvessel.wire.TargetMessages;
import io.lightvessel.wire.Token;
import io.lightvessel.wire.opamp.AgentCapabilities;
import io.lightvessel.wire.opamp.AgentIdentification;
import io.lightvessel.wire.opamp.AgentRemoteConfig;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.AgentToServerFlags;
import io.lightvessel.wire.opamp.ConnectionSettingsStatuses;
import io.lightvessel.wire.opamp.CustomCapabilities;
import io.lightvessel.wire.opamp.ServerCapabilities;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.opamp.ServerToAgentFlags;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Talks with one agent over one connection: finds out who it is, takes in what it says, answers. */
final class AgentConversation implements Conversation {
    static final long SERVER_CAPABILITIES = Capabilities.of(
            ServerCapabilities.ServerCapabilities_AcceptsStatus,
            ServerCapabilities.ServerCapabilities_OffersRemoteConfig,
            ServerCapabilities.ServerCapabilities_AcceptsEffectiveConfig,
            ServerCapabilities.ServerCapabilities_OffersConnectionSettings);

    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Logger log = LoggerFactory.getLogger(AgentConversation.class);

    private final AgentAccess.Grant grant;
    private final ConversationParts parts;
    private @Nullable LiveAgent agent;
    // Set once the agent was given a credential: from then on this connection is only there to be left.
    private boolean exchanged;
    // Assigned by us over this connection; messages that were under way may still carry the former one.
    private @Nullable InstanceUid former;

    AgentConversation(AgentAccess.Grant grant, ConversationParts parts) {
        this.grant = grant;
        this.parts = parts;
    }

    @Override
    public Reply onMessage(AgentToServer message, Outlet outlet) {
        InstanceUid uid;
        try {
            uid = InstanceUid.of(message.getInstanceUid());
        } catch (IllegalArgumentException e) {
            return new Reply.Malformed(String.valueOf(e.getMessage()));
        }
        if (exchanged) {
            noteExchange(message);
            return new Reply.Answer(ServerToAgent.getDefaultInstance());
        }
        LiveAgent known = agent;
        if (known != null) {
            return talk(known, message, uid, outlet, false);
        }
        return switch (grant) {
            case AgentAccess.Member member -> admit(member, message, uid, outlet);
            case AgentAccess.Newcomer newcomer -> enrol(newcomer, message, uid, outlet);
        };
    }

    private Reply admit(AgentAccess.Member member, AgentToServer message, InstanceUid uid, Outlet outlet) {
        LiveAgent found = parts.registry().find(member.tenant(), member.agent());
        if (found == null) {
            return new Reply.Refused(
                    RefusalCode.CREDENTIAL_UNKNOWN,
                    "Agent " + member.agent() + " was deleted. Enrol it again with a new token.");
        }
        Outlet present = found.outlet();
        if (present != null && present.answersWithin(PROBE)) {
            log.warn(
                    "agent {}: connected twice with one credential, the second is treated as another agent",
                    found.id());
            return welcome(() -> parts.access().twin(member, candidate(message, uid, true)), message, uid, outlet);
        }
        agent = found;
        return talk(found, message, uid, outlet, true);
    }

    private Reply enrol(AgentAccess.Newcomer newcomer, AgentToServer message, InstanceUid uid, Outlet outlet) {
        if (!message.hasAgentDescription()) {
            return new Reply.Answer(greeting(uid)
                    .setFlags(ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE)
                    .build());
        }
        LiveAgent namesake = parts.registry().of(newcomer.tenant()).find(uid);
        Outlet present = namesake == null ? null : namesake.outlet();
        boolean inUse = present != null && present.answersWithin(PROBE);
        return welcome(() -> parts.access().enrol(newcomer, candidate(message, uid, inUse)), message, uid, outlet);
    }

    private Reply welcome(
            Supplier<AgentAccess.Enrolment> enrolling, AgentToServer message, InstanceUid uid, Outlet outlet) {
        AgentAccess.Enrolment enrolment = parts.door().pass(enrolling).orElse(null);
        return switch (enrolment) {
            case null -> new Reply.Busy(Door.COME_BACK_AFTER);
            case AgentAccess.Denied denied -> new Reply.Refused(denied.code(), denied.detail());
            case AgentAccess.Enrolled enrolled -> {
                LiveAgent found = parts.registry().find(grant.tenant(), enrolled.agent());
                if (found == null) {
                    throw new IllegalStateException("agent " + enrolled.agent() + " vanished while it was enrolled");
                }
                Token credential = enrolled.credential();
                if (credential == null) {
                    agent = found;
                    yield talk(found, message, uid, outlet, true);
                }
                found.receive(message, true, parts.clock().instant());
                exchanged = true;
                log.info("agent {}: enrolled, {} issued", found.id(), credential);
                yield new Reply.Answer(identified(greeting(uid), uid, enrolled.uid())
                        .setConnectionSettings(parts.trust().offer(found, credential))
                        .build());
            }
        };
    }

    private Reply talk(LiveAgent talking, AgentToServer message, InstanceUid said, Outlet outlet, boolean first) {
        Instant now = parts.clock().instant();
        if (first || outlet.transport() == TransportKind.HTTP) {
            Outlet replaced = talking.connect(outlet, now);
            if (replaced != null && replaced.transport() == TransportKind.WEBSOCKET) {
                // It did not answer a ping, so closing it may take as long.
                Thread.startVirtualThread(() -> replaced.close(1001, "replaced by a newer connection"));
            }
        }
        InstanceUid uid = agreedUid(talking, said, message);
        boolean fullState = talking.receive(message, first, now);
        if (message.hasCustomMessage()) {
            parts.questions().answered(talking, message.getCustomMessage());
        }
        ServerToAgent.Builder answer = identified(first ? greeting(said) : ServerToAgent.newBuilder(), said, uid);
        if (fullState) {
            answer.setFlags(ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE);
        }
        if (outlet.transport() == TransportKind.HTTP) {
            AgentRemoteConfig due =
                    message.hasAgentDisconnect() ? null : parts.delivery().due(talking);
            if (due != null) {
                answer.setRemoteConfig(due);
            }
            return new Reply.Answer(answer.setInstanceUid(said.toBytes()).build());
        }
        if (answer.build().getSerializedSize() > 0) {
            outlet.push(answer.setInstanceUid(said.toBytes()).build());
        }
        parts.delivery().pushIfDue(talking);
        return new Reply.Answer(ServerToAgent.getDefaultInstance());
    }

    // The credential says who the agent is; its uid is followed when it changes, and changed when it is taken.
    private InstanceUid agreedUid(LiveAgent talking, InstanceUid said, AgentToServer message) {
        boolean asksForOne = (message.getFlags() & AgentToServerFlags.AgentToServerFlags_RequestInstanceUid_VALUE) != 0;
        if (!asksForOne && (said.equals(talking.uid()) || said.equals(former))) {
            return talking.uid();
        }
        InstanceUid agreed = parts.registry().changeUid(talking, asksForOne ? null : said);
        if (!agreed.equals(said)) {
            former = said;
        }
        return agreed;
    }

    private static AgentAccess.Candidate candidate(AgentToServer message, InstanceUid uid, boolean inUse) {
        Description description = Description.of(message.getAgentDescription());
        return new AgentAccess.Candidate(
                uid,
                description.name(),
                description.role(),
                Capabilities.has(
                        message.getCapabilities(), AgentCapabilities.AgentCapabilities_AcceptsOpAMPConnectionSettings),
                inUse);
    }

    private static ServerToAgent.Builder greeting(InstanceUid uid) {
        return ServerToAgent.newBuilder()
                .setInstanceUid(uid.toBytes())
                .setCapabilities(SERVER_CAPABILITIES)
                .setCustomCapabilities(CustomCapabilities.newBuilder()
                        .addCapabilities(FlowMessages.CAPABILITY)
                        .addCapabilities(TargetMessages.CAPABILITY)
                        .addCapabilities(ProfileMessages.CAPABILITY));
    }

    private static ServerToAgent.Builder identified(
            ServerToAgent.Builder answer, InstanceUid said, InstanceUid agreed) {
        return agreed.equals(said)
                ? answer
                : answer.setAgentIdentification(AgentIdentification.newBuilder().setNewInstanceUid(agreed.toBytes()));
    }

    private void noteExchange(AgentToServer message) {
        if (message.getConnectionSettingsStatus().getStatus()
                == ConnectionSettingsStatuses.ConnectionSettingsStatuses_FAILED) {
            log.warn(
                    "enrolment in tenant {}: the agent could not keep its credential: {}",
                    grant.tenant().value(),
                    Texts.bounded(message.getConnectionSettingsStatus().getErrorMessage(), 500));
        }
    }

    @Override
    public void onClose(Outlet outlet) {
        LiveAgent talking = agent;
        if (talking != null && outlet.transport() == TransportKind.WEBSOCKET) {
            talking.disconnect(outlet, parts.clock().instant());
        }
    }
}
