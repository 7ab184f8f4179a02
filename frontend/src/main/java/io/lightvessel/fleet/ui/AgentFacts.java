package io.lightvessel.fleet.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.fleet.Agent;
import io.lightvessel.fleet.TransportKind;
import io.lightvessel.platform.ui.Facts;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.RelativeTime;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists what identifies an agent and how it is connected. */
final class AgentFacts {

    private AgentFacts() {}

    static Facts of(Org org, Agent agent, @Nullable Cluster cluster) {
        Facts facts = new Facts().with("Role", AgentWords.kind(agent));
        if (cluster != null) {
            facts.with("Cluster", new Anchor(Paths.cluster(org, cluster.slug()), cluster.name()));
        }
        facts.with("Version", agent.version()).with("Host", agent.host());
        @Nullable TransportKind transport = agent.transport();
        facts.with("Connection", agent.connected() ? words(transport) : "Not connected");
        time(facts, "Connected", agent.connected() ? agent.connectedAt() : null);
        time(facts, "Last seen", agent.lastSeen());
        time(facts, "Config applied", agent.configAppliedAt());
        time(facts, "First data", agent.firstDataAt());
        time(facts, "Enrolled", agent.enrolledAt());
        @Nullable Long revision = agent.config().desiredRevision();
        if (revision != null && cluster != null) {
            facts.with("Stack", new Anchor(Paths.stack(org, cluster.slug()), "Revision " + revision));
        }
        hash(facts, "Should run", agent.config().desiredHash());
        hash(facts, "Reported", agent.config().reportedHash());
        facts.with("Id", mono(agent.id().value()));
        return facts;
    }

    /** Whether the list would look the same, times that count on by themselves left aside. */
    static boolean same(Agent a, Agent b) {
        return a.connected() == b.connected()
                && Objects.equals(a.lastSeen(), b.lastSeen())
                && Objects.equals(a.configAppliedAt(), b.configAppliedAt())
                && Objects.equals(a.firstDataAt(), b.firstDataAt())
                && a.version().equals(b.version())
                && a.config().equals(b.config());
    }

    private static String words(@Nullable TransportKind transport) {
        return switch (transport) {
            case WEBSOCKET -> "OpAMP over WebSocket";
            case HTTP -> "OpAMP over HTTP";
            case null -> "Connected";
        };
    }

    private static void time(Facts facts, String name, @Nullable Instant at) {
        if (at != null) {
            facts.with(name, new RelativeTime(at));
        }
    }

    private static void hash(Facts facts, String name, @Nullable String hash) {
        if (hash != null && !hash.isEmpty()) {
            Span text = mono(hash.length() > 12 ? hash.substring(0, 12) : hash);
            text.setTitle(hash);
            facts.with(name, text);
        }
    }

    private static Span mono(String text) {
        Span span = new Span(text);
        span.addClassName("lv-mono");
        return span;
    }
}
