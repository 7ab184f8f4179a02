package io.lightvessel.onboarding;

import io.lightvessel.fleet.AgentAccess.Denied;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.RefusalCode;
import io.lightvessel.wire.Token;

/** The sentences with which agents are turned away; the same in the agent's log, the API and the console. */
final class Refusals {
    private static final int TOKEN_LENGTH = 58;

    private Refusals() {}

    static Denied nothingShown() {
        return new Denied(
                RefusalCode.CREDENTIAL_UNKNOWN,
                "Authorization: none (expected: Bearer and an enrolment token or an agent's credential).");
    }

    static Denied noToken(int length) {
        return new Denied(
                RefusalCode.CREDENTIAL_UNKNOWN,
                "Authorization: %d characters that are no token (expected: an enrolment token, lve_…, or an agent's credential, lva_…)."
                        .formatted(length));
    }

    static Denied noEnrolmentToken(int length) {
        return new Denied(
                RefusalCode.ENROLLMENT_TOKEN_UNKNOWN,
                "Authorization: %d characters that begin like an enrolment token and are none (expected: lve_, ten letters or digits, _ and a secret)."
                        .formatted(length));
    }

    static Denied apiToken() {
        return new Denied(
                RefusalCode.CREDENTIAL_UNKNOWN,
                "An API token was shown, which opens nothing to agents. Create an enrolment token and use that.");
    }

    static Denied noRoom() {
        return new Denied(
                RefusalCode.AGENT_QUOTA_EXCEEDED,
                "The tenant has as many agents as it may have. Delete agents that are gone, or ask the platform's operator for more.");
    }

    static Denied unknownToken(String id) {
        return new Denied(
                RefusalCode.ENROLLMENT_TOKEN_UNKNOWN,
                "There is no enrolment token %s here. Check that the agent talks to the right control plane, or create a new token."
                        .formatted(id));
    }

    static Denied damaged(String id, int length) {
        return new Denied(
                RefusalCode.ENROLLMENT_TOKEN_WRONG,
                "Token %s was not copied whole: %d characters (expected: %d). Copy it again, or create a new one."
                        .formatted(id, length, TOKEN_LENGTH));
    }

    static Denied wrongSecret(String id) {
        return new Denied(
                RefusalCode.ENROLLMENT_TOKEN_WRONG,
                "The secret of token %s does not match. Copy the whole token again, or create a new one."
                        .formatted(id));
    }

    static Denied wrongRole(EnrollmentToken token, AgentRole wanted, String said) {
        return new Denied(
                RefusalCode.ENROLLMENT_TOKEN_WRONG,
                "Token %s is for the role %s, the agent's is %s. Start it with that role, or create another token."
                        .formatted(token.id(), wanted.wireName(), said));
    }

    static Denied revoked(EnrollmentToken token) {
        return new Denied(
                RefusalCode.ENROLLMENT_TOKEN_REVOKED,
                "Token %s was revoked. Create a new token to connect another agent.".formatted(token.id()));
    }

    static Denied expired(EnrollmentToken token) {
        return new Denied(
                RefusalCode.ENROLLMENT_TOKEN_EXPIRED,
                "Token %s expired at %s. Create a new token to connect another agent."
                        .formatted(token.id(), token.expiresAt()));
    }

    static Denied usedUp(EnrollmentToken token) {
        return new Denied(
                RefusalCode.ENROLLMENT_TOKEN_USED_UP,
                "Token %s was used up (%d of %d). Create a new token to connect another agent."
                        .formatted(token.id(), token.uses(), token.maxUses()));
    }

    static Denied unknownCredential(Token credential) {
        return new Denied(
                RefusalCode.CREDENTIAL_UNKNOWN,
                "Credential %s_%s is not known here: the agent was deleted, or belongs to another control plane. Enrol it with a new token."
                        .formatted(credential.kind().prefix(), credential.id()));
    }

    static Denied revokedCredential(String id) {
        return new Denied(
                RefusalCode.CREDENTIAL_REVOKED,
                "Credential lva_%s was revoked. Enrol the agent with a new token.".formatted(id));
    }

    static Denied sharedCredential() {
        return new Denied(
                RefusalCode.CREDENTIAL_UNKNOWN,
                "This credential is in use by another agent that is connected. Enrol this one with a token of its own.");
    }
}
