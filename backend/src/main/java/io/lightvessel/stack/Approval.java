package io.lightvessel.stack;

import io.lightvessel.tenancy.Role;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a revision that somebody else has to agree to.
 *
 * @param authors everybody whose work it is; none of them may approve it
 * @param least the least role of who approves it
 * @param reason of the decision
 */
public record Approval(
        State state,
        List<String> authors,
        Role least,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        String reason) {

    /** A decision is final; what changes afterwards is a new revision. */
    public enum State {
        PENDING,
        APPROVED,
        REJECTED
    }

    public Approval {
        authors = List.copyOf(authors);
    }

    static Approval pending(List<String> authors, Role least) {
        return new Approval(State.PENDING, authors, least, null, null, "");
    }

    Approval decided(State how, String by, Instant at, String why) {
        return new Approval(how, authors, least, by, at, why);
    }

    public boolean isPending() {
        return state == State.PENDING;
    }
}
