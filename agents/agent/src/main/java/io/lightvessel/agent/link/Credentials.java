package io.lightvessel.agent.link;

import io.lightvessel.agent.state.ConnectionSettings;
import io.lightvessel.agent.state.ConnectionStore;
import io.lightvessel.wire.Token;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides with which credential the next connection is tried: an offer that has yet to prove itself, the credential in
 * force, or the enrolment token. Used by the link's thread only.
 */
final class Credentials {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final int CANDIDATE_ATTEMPTS = 5;

    private final ConnectionStore store;
    private final URI server;
    private final @Nullable Token enrolmentToken;
    private @Nullable ConnectionSettings current;
    private @Nullable ConnectionSettings candidate;
    private int candidateFailures;
    private boolean credentialRefused;
    private Origin tried = Origin.CREDENTIAL;

    Credentials(ConnectionStore store, URI server, @Nullable Token enrolmentToken) {
        this.store = store;
        this.server = server;
        this.enrolmentToken = enrolmentToken;
        this.current = store.current().orElse(null);
        this.candidate = store.candidate().orElse(null);
    }

    /** Where the headers of an attempt come from. */
    enum Origin {
        OFFER,
        CREDENTIAL,
        ENROLMENT_TOKEN
    }

    /** What a connection is tried with; {@code label} is for logs and holds no secret. */
    record Attempt(Origin origin, URI uri, Map<String, String> headers, String label) {
        @Override
        public String toString() {
            return label + " at " + uri;
        }
    }

    /** Empty when there is nothing to connect with. */
    Optional<Attempt> next() {
        Optional<Attempt> attempt = choose();
        attempt.ifPresent(a -> tried = a.origin());
        return attempt;
    }

    private Optional<Attempt> choose() {
        if (candidate != null) {
            return Optional.of(attempt(Origin.OFFER, candidate, "the offered credential"));
        }
        if (current != null && !(credentialRefused && hasFreshToken())) {
            return Optional.of(attempt(Origin.CREDENTIAL, current, "the agent's credential"));
        }
        return Optional.ofNullable(enrolmentToken)
                .map(token -> new Attempt(
                        Origin.ENROLMENT_TOKEN,
                        server,
                        Map.of("Authorization", "Bearer " + token.text()),
                        token.toString()));
    }

    Optional<ConnectionSettings> current() {
        return Optional.ofNullable(current);
    }

    /** The server let us in. */
    void connected() {
        if (tried == Origin.CREDENTIAL) {
            credentialRefused = false;
        }
        if (candidate != null) {
            store.promoteCandidate();
            current = candidate;
            candidate = null;
            candidateFailures = 0;
            credentialRefused = false;
            LOG.info("connected with the offered credential, it is kept");
        }
    }

    /** The server refused what was presented; returns the hash of the offer that is given up, if one was on trial. */
    Optional<ConnectionSettings> refused() {
        if (candidate != null) {
            return Optional.of(dropCandidate());
        }
        if (tried == Origin.CREDENTIAL) {
            credentialRefused = true;
        } else {
            // The token did not help either; the credential may be accepted again by then.
            credentialRefused = false;
        }
        return Optional.empty();
    }

    /** Nobody answered. An offer is given up after a few times, since it may name an endpoint that does not exist. */
    Optional<ConnectionSettings> unreachable() {
        if (candidate != null && ++candidateFailures >= CANDIDATE_ATTEMPTS) {
            return Optional.of(dropCandidate());
        }
        return Optional.empty();
    }

    /** Whether the refused credential can be replaced by enrolling again with a token it did not come from. */
    boolean hasFreshToken() {
        return enrolmentToken != null
                && (current == null || !enrolmentToken.id().equals(current.enrolledWith()));
    }

    /** Puts an offer on trial: it is on disk when this returns. */
    void tryOut(ConnectionSettings offer) {
        store.saveCandidate(offer);
        candidate = offer;
        candidateFailures = 0;
    }

    /** The id of the token the running connection came in with, to remember what a credential was exchanged for. */
    @Nullable
    String enrolmentTokenId() {
        if (tried == Origin.ENROLMENT_TOKEN && enrolmentToken != null) {
            return enrolmentToken.id();
        }
        return current == null ? null : current.enrolledWith();
    }

    private ConnectionSettings dropCandidate() {
        ConnectionSettings dropped = Objects.requireNonNull(candidate, "candidate");
        store.dropCandidate();
        candidate = null;
        candidateFailures = 0;
        return dropped;
    }

    private Attempt attempt(Origin origin, ConnectionSettings settings, String label) {
        URI uri = settings.endpoint() == null ? server : ControlPlaneUri.parse(settings.endpoint());
        return new Attempt(origin, uri, settings.headers(), label);
    }
}
