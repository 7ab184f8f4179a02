package io.lightvessel.onboarding;

import io.lightvessel.audit.Audit;
import io.lightvessel.fleet.AgentAccess.Candidate;
import io.lightvessel.fleet.AgentAccess.Denied;
import io.lightvessel.fleet.AgentAccess.Enrolled;
import io.lightvessel.fleet.AgentAccess.Enrolment;
import io.lightvessel.fleet.AgentAccess.Member;
import io.lightvessel.fleet.AgentAccess.Newcomer;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.fleet.AgentRegistry;
import io.lightvessel.onboarding.CredentialStore.Credential;
import io.lightvessel.tenancy.QuotaGuard;
import io.lightvessel.tenancy.QuotaKind;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.Token;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rules of enrolment. Works inside the caller's transaction and tenant; the token's row is its lock. */
@Component
class Enroller {
    private final TokenStore tokens;
    private final CredentialStore credentials;
    private final AttemptLog attempts;
    private final AgentRegistry agents;
    private final Audit audit;
    private final QuotaGuard quotas;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Enroller(
            TokenStore tokens,
            CredentialStore credentials,
            AttemptLog attempts,
            AgentRegistry agents,
            Audit audit,
            QuotaGuard quotas,
            Clock clock) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.attempts = attempts;
        this.agents = agents;
        this.audit = audit;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** Whether somebody with this token may begin to speak; null when so. What is revealed needs the right secret. */
    @Nullable
    Denied judge(Token shown, @Nullable InstanceUid uid) {
        String id = TokenStore.PREFIX + shown.id();
        TokenStore.Stored stored = tokens.find(id).orElse(null);
        if (stored == null) {
            return Refusals.unknownToken(id);
        }
        if (!shown.matches(stored.secretHash())) {
            return Refusals.wrongSecret(id);
        }
        EnrollmentToken token = stored.token();
        TokenState state = token.state(clock.instant());
        if (state == TokenState.EXPIRED || state == TokenState.USED_UP) {
            boolean mayReturn = uid == null
                    ? credentials.someMayReturn(id)
                    : credentials.find(id, uid).filter(Enroller::mayReturn).isPresent();
            if (mayReturn) {
                return null;
            }
        }
        return closed(token, state);
    }

    private static @Nullable Denied closed(EnrollmentToken token, TokenState state) {
        return switch (state) {
            case ACTIVE -> null;
            case USED_UP -> Refusals.usedUp(token);
            case EXPIRED -> Refusals.expired(token);
            case REVOKED -> Refusals.revoked(token);
        };
    }

    // Its use was counted already: it never got to use its credential, or cannot have one.
    private static boolean mayReturn(Credential credential) {
        return credential.secretHash() == null || credential.firstUsedAt() == null;
    }

    Enrolment enrol(Newcomer newcomer, Candidate candidate) {
        TokenStore.Stored stored = tokens.lock(newcomer.token()).orElse(null);
        if (stored == null) {
            return Refusals.unknownToken(newcomer.token());
        }
        EnrollmentToken token = stored.token();
        TokenState state = token.state(clock.instant());
        if (state == TokenState.REVOKED) {
            return Refusals.revoked(token);
        }
        Credential former = candidate.uidInUse()
                ? null
                : credentials
                        .find(token.id(), candidate.uid())
                        .filter(Enroller::mayReturn)
                        .orElse(null);
        if (former != null) {
            return again(token, former, candidate);
        }
        Denied closed = closed(token, state);
        if (closed != null) {
            return closed;
        }
        AgentRole bound = token.role();
        if (bound != null && candidate.role() != bound) {
            return Refusals.wrongRole(
                    token,
                    bound,
                    candidate.role() == null ? "not given" : candidate.role().wireName());
        }
        return knownHere(token, newcomer, candidate) || quotas.hasRoom(QuotaKind.AGENTS)
                ? anew(token, newcomer, candidate)
                : Refusals.noRoom();
    }

    private Enrolment again(EnrollmentToken token, Credential former, Candidate candidate) {
        Instant now = clock.instant();
        if (!candidate.takesCredential() && former.secretHash() == null) {
            credentials.used(former.id(), now);
            return new Enrolled(former.agent(), candidate.uid(), null);
        }
        credentials.revokeAll(former.agent(), now);
        return new Enrolled(
                former.agent(), candidate.uid(), issue(token.id(), former.agent(), candidate.uid(), candidate, now));
    }

    /** Whether the newcomer is an agent of the token's cluster that lost its credential. */
    private boolean knownHere(EnrollmentToken token, Newcomer newcomer, Candidate candidate) {
        return !candidate.uidInUse()
                && agents.byUid(newcomer.tenant(), candidate.uid())
                        .filter(known -> known.cluster().equals(token.cluster()))
                        .isPresent();
    }

    private Enrolment anew(EnrollmentToken token, Newcomer newcomer, Candidate candidate) {
        Instant now = clock.instant();
        AgentRegistry.Known known =
                agents.byUid(newcomer.tenant(), candidate.uid()).orElse(null);
        AgentId agent;
        InstanceUid uid = candidate.uid();
        if (known != null && knownHere(token, newcomer, candidate)) {
            // Lost its credential and enrols again: the same agent, whose former credentials are void.
            agent = known.agent();
            credentials.revokeAll(agent, now);
        } else {
            uid = known == null ? uid : agents.mintUid();
            AgentRole role = candidate.role() == null ? token.role() : candidate.role();
            agent = agents.register(token.cluster(), uid, candidate.name(), role);
        }
        tokens.countUse(token.id(), now);
        Token credential = issue(token.id(), agent, uid, candidate, now);
        attempts.accepted(token.id(), newcomer.remoteAddress(), uid, candidate.name());
        return new Enrolled(agent, uid, credential);
    }

    Enrolment twin(Member original, Candidate candidate) {
        Credential shared = credentials.current(original.agent()).orElse(null);
        EnrollmentToken token = shared == null
                ? null
                : tokens.find(shared.token()).map(TokenStore.Stored::token).orElse(null);
        if (token == null || !candidate.takesCredential()) {
            return Refusals.sharedCredential();
        }
        if (!quotas.hasRoom(QuotaKind.AGENTS)) {
            return Refusals.noRoom();
        }
        InstanceUid uid = agents.mintUid();
        AgentId twin = agents.register(token.cluster(), uid, candidate.name(), candidate.role());
        return new Enrolled(twin, uid, issue(token.id(), twin, uid, candidate, clock.instant()));
    }

    private @Nullable Token issue(String token, AgentId agent, InstanceUid uid, Candidate candidate, Instant now) {
        Token credential = Token.mint(Token.Kind.AGENT_CREDENTIAL, random);
        credentials.insert(credential, candidate.takesCredential(), token, agent, uid, now);
        audit.created(
                "agent.enrol",
                "agent/" + agent,
                Map.of("name", candidate.name(), "token", token, "credential", credential.id()));
        return candidate.takesCredential() ? credential : null;
    }
}
