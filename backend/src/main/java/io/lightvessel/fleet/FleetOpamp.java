package io.lightvessel.fleet;

import io.lightvessel.fleet.opamp.Admission;
import io.lightvessel.fleet.opamp.Knock;
import io.lightvessel.fleet.opamp.OpampHandler;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Lets agents in; when more knock at once than the database can take, the rest are told to come back later. */
@Component
class FleetOpamp implements OpampHandler {
    private static final int AT_ONCE = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration COME_BACK_AFTER = Duration.ofSeconds(30);

    private final AgentAccess access;
    private final ConversationParts parts;
    private final Semaphore door = new Semaphore(AT_ONCE);

    FleetOpamp(AgentAccess access, ConversationParts parts) {
        this.access = access;
        this.parts = parts;
    }

    @Override
    public Admission admit(Knock knock) {
        try {
            if (!door.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Admission.Busy(COME_BACK_AFTER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Admission.Busy(COME_BACK_AFTER);
        }
        try {
            return switch (access.check(knock.authorization(), knock.instanceUid(), knock.remoteAddress())) {
                case AgentAccess.Granted(AgentAccess.Grant grant) ->
                    new Admission.Admitted(new AgentConversation(grant, parts));
                case AgentAccess.Denied denied -> new Admission.Refused(denied.code(), denied.detail());
            };
        } finally {
            door.release();
        }
    }
}
