package io.lightvessel.fleet;

import io.lightvessel.fleet.opamp.Admission;
import io.lightvessel.fleet.opamp.Knock;
import io.lightvessel.fleet.opamp.OpampHandler;
import org.springframework.stereotype.Component;

/** Lets agents in; when more knock at once than the database can take, the rest are told to come back later. */
@Component
class FleetOpamp implements OpampHandler {
    private final AgentAccess access;
    private final ConversationParts parts;

    FleetOpamp(AgentAccess access, ConversationParts parts) {
        this.access = access;
        this.parts = parts;
    }

    @Override
    public Admission admit(Knock knock) {
        return parts.door()
                .pass(() -> access.check(knock.authorization(), knock.instanceUid(), knock.remoteAddress()))
                .map(this::admission)
                .orElseGet(() -> new Admission.Busy(Door.COME_BACK_AFTER));
    }

    private Admission admission(AgentAccess.Decision decision) {
        return switch (decision) {
            case AgentAccess.Granted(AgentAccess.Grant grant) ->
                new Admission.Admitted(new AgentConversation(grant, parts));
            case AgentAccess.Denied denied -> new Admission.Refused(denied.code(), denied.detail());
        };
    }
}
