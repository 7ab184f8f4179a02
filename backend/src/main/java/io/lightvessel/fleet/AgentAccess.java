package io.lightvessel.fleet;

import io.lightvessel.tenancy.TenantId;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.RefusalCode;
import io.lightvessel.wire.Token;
import org.jspecify.annotations.Nullable;

/** Knows who may connect as an agent. Called without a tenant bound: which one it is about is part of the answer. */
public interface AgentAccess {

    /**
     * Judges what a client shows when it connects.
     *
     * @param authorization the header's value
     * @param uid if the client says it before its first message
     */
    Decision check(@Nullable String authorization, @Nullable InstanceUid uid, String remoteAddress);

    /** Lets a newcomer in: its token was good when it connected, whether it still is is decided here. */
    Enrolment enrol(Newcomer newcomer, Candidate candidate);

    /** Makes an agent of its own out of a second process that presents the credential of one that is connected. */
    Enrolment twin(Member original, Candidate candidate);

    /** Who an admitted client is. */
    sealed interface Grant {
        TenantId tenant();
    }

    /** An agent with its own credential. */
    record Member(TenantId tenant, AgentId agent) implements Grant {}

    /** Somebody with an enrolment token. */
    record Newcomer(TenantId tenant, String token, String remoteAddress) implements Grant {}

    /** The answer to {@link #check}. */
    sealed interface Decision {}

    /** The client may speak. */
    record Granted(Grant grant) implements Decision {}

    /** The client, or the newcomer, is turned away. */
    record Denied(RefusalCode code, String detail) implements Decision, Enrolment {}

    /**
     * What a newcomer says about itself.
     *
     * @param takesCredential whether it can exchange its token for a credential
     * @param uidInUse whether a live agent goes by this instance uid already
     */
    record Candidate(
            InstanceUid uid, String name, @Nullable AgentRole role, boolean takesCredential, boolean uidInUse) {}

    /** The answer to {@link #enrol}. */
    sealed interface Enrolment {}

    /**
     * The newcomer is an agent now.
     *
     * @param uid the one it is to use, which differs from its own when that was taken
     * @param credential what it is to connect with; null when it goes on using its token
     */
    record Enrolled(
            AgentId agent, InstanceUid uid, @Nullable Token credential) implements Enrolment {}
}
