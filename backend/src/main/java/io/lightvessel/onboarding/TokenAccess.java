package io.lightvessel.onboarding;

import io.lightvessel.fleet.AgentAccess;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.RefusalCode;
import io.lightvessel.wire.Token;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Judges what agents show when they connect: enrolment tokens and credentials. */
@Component
class TokenAccess implements AgentAccess {
    private static final Actor SELF = Actor.system("onboarding");
    private static final Pattern LOOKS_LIKE_TOKEN = Pattern.compile("(lve_([a-z0-9]{10})).*", Pattern.DOTALL);
    private static final Duration NOTE_USE_EVERY = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(TokenAccess.class);

    private final TokenStore tokens;
    private final CredentialStore credentials;
    private final Enroller enroller;
    private final AttemptLog attempts;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TokenAccess(
            TokenStore tokens,
            CredentialStore credentials,
            Enroller enroller,
            AttemptLog attempts,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.enroller = enroller;
        this.attempts = attempts;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Override
    public Decision check(@Nullable String authorization, @Nullable InstanceUid uid, String remoteAddress) {
        Decision decision = judge(authorization, uid, remoteAddress);
        if (decision instanceof Denied denied) {
            log.info("agent at {} refused: {}", remoteAddress, denied.detail());
        }
        return decision;
    }

    private Decision judge(@Nullable String authorization, @Nullable InstanceUid uid, String remoteAddress) {
        String shown = bearer(authorization);
        if (shown == null) {
            return Refusals.nothingShown();
        }
        Token token;
        try {
            token = Token.parse(shown);
        } catch (IllegalArgumentException e) {
            return damaged(shown, uid, remoteAddress);
        }
        return switch (token.kind()) {
            case ENROLLMENT -> checkToken(token, uid, remoteAddress);
            case AGENT_CREDENTIAL -> checkCredential(token);
            case API -> Refusals.apiToken();
        };
    }

    private Decision damaged(String shown, @Nullable InstanceUid uid, String remoteAddress) {
        Matcher token = LOOKS_LIKE_TOKEN.matcher(shown);
        if (!token.matches()) {
            return shown.startsWith(TokenStore.PREFIX)
                    ? Refusals.noEnrolmentToken(shown.length())
                    : Refusals.noToken(shown.length());
        }
        String id = token.group(1);
        TenantId tenant = inTransaction(() -> tokens.tenantOf(token.group(2)).orElse(null));
        return tenant == null
                ? Refusals.unknownToken(id)
                : noted(tenant, id, Refusals.damaged(id, shown.length()), remoteAddress, uid, null);
    }

    private Decision checkToken(Token shown, @Nullable InstanceUid uid, String remoteAddress) {
        String id = TokenStore.PREFIX + shown.id();
        TenantId tenant = inTransaction(() -> tokens.tenantOf(shown.id()).orElse(null));
        if (tenant == null) {
            return Refusals.unknownToken(id);
        }
        Denied denied = TenantScope.call(tenant, SELF, () -> inTransaction(() -> enroller.judge(shown, uid)));
        if (denied == null) {
            return new Granted(new Newcomer(tenant, id, remoteAddress));
        }
        return denied.code() == RefusalCode.ENROLLMENT_TOKEN_UNKNOWN
                ? denied
                : noted(tenant, id, denied, remoteAddress, uid, null);
    }

    private Decision checkCredential(Token shown) {
        TenantId tenant = inTransaction(() -> credentials.tenantOf(shown.id()).orElse(null));
        return tenant == null
                ? Refusals.unknownCredential(shown)
                : TenantScope.call(tenant, SELF, () -> inTransaction(() -> checkCredential(tenant, shown)));
    }

    private Decision checkCredential(TenantId tenant, Token shown) {
        CredentialStore.Credential credential = credentials.find(shown.id()).orElse(null);
        byte[] hash = credential == null ? null : credential.secretHash();
        if (credential == null || hash == null || !shown.matches(hash)) {
            return Refusals.unknownCredential(shown);
        }
        if (credential.revokedAt() != null) {
            return Refusals.revokedCredential(credential.id());
        }
        Instant now = clock.instant();
        Instant lastUsed = credential.lastUsedAt();
        if (lastUsed == null || now.isAfter(lastUsed.plus(NOTE_USE_EVERY))) {
            credentials.used(credential.id(), now);
        }
        return new Granted(new Member(tenant, credential.agent()));
    }

    @Override
    public Enrolment enrol(Newcomer newcomer, Candidate candidate) {
        Enrolment enrolment = TenantScope.call(
                newcomer.tenant(), SELF, () -> inTransaction(() -> enroller.enrol(newcomer, candidate)));
        if (enrolment instanceof Denied denied) {
            log.info("agent {} at {} refused: {}", candidate.name(), newcomer.remoteAddress(), denied.detail());
            return noted(
                    newcomer.tenant(),
                    newcomer.token(),
                    denied,
                    newcomer.remoteAddress(),
                    candidate.uid(),
                    candidate.name());
        }
        return enrolment;
    }

    @Override
    public Enrolment twin(Member original, Candidate candidate) {
        return TenantScope.call(original.tenant(), SELF, () -> inTransaction(() -> enroller.twin(original, candidate)));
    }

    private Denied noted(
            TenantId tenant,
            String token,
            Denied denied,
            String remoteAddress,
            @Nullable InstanceUid uid,
            @Nullable String agent) {
        TenantScope.run(
                tenant, SELF, () -> attempts.refused(token, denied.code(), denied.detail(), remoteAddress, uid, agent));
        return denied;
    }

    private <T extends @Nullable Object> T inTransaction(Supplier<T> work) {
        return transaction.execute(status -> work.get());
    }

    private static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            return null;
        }
        return authorization.substring("bearer ".length()).trim();
    }
}
