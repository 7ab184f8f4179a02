package io.lightvessel.fleet;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.fleet.opamp.Outlet;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.TargetMessages;
import io.lightvessel.wire.opamp.CustomMessage;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks agents, over the connection they hold, what they do not report by themselves, and waits a little for answers. */
@Component
public class AgentQuestions {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MAX_ANSWER_BYTES = 4 << 20;
    private static final Logger log = LoggerFactory.getLogger(AgentQuestions.class);

    private final AgentRegistry registry;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    AgentQuestions(AgentRegistry registry) {
        this.registry = registry;
    }

    private record Open(AgentId agent, CompletableFuture<TargetsAnswer> answer) {}

    /** What became of a question to one agent. */
    public sealed interface Outcome {
        AgentId agent();

        /** The agent's answer. */
        record Answered(AgentId agent, TargetsAnswer answer) implements Outcome {}

        /** There is none; the reason as a sentence. */
        record Silent(AgentId agent, String reason) implements Outcome {}
    }

    /** Asks every agent of a cluster of the tenant in scope that knows of targets at all and was not stopped. Waits up to five seconds. */
    public List<Outcome> targets(ClusterId cluster, TargetsQuery.Builder query) {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (LiveAgent agent : registry.of(TenantScope.tenant()).in(cluster)) {
            // Collectors fetch nothing, and who was stopped on purpose is not missed.
            if (agent.role() != AgentRole.COLLECTOR
                    && agent.understands(TargetMessages.CAPABILITY)
                    && !agent.isStopped()) {
                outcomes.add(ask(agent, query));
            }
        }
        return outcomes.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Outcome> ask(LiveAgent agent, TargetsQuery.Builder query) {
        Outlet outlet = agent.outlet();
        if (outlet == null || outlet.transport() != TransportKind.WEBSOCKET) {
            return CompletableFuture.completedFuture(new Outcome.Silent(
                    agent.id(),
                    outlet == null
                            ? "The agent is not connected."
                            : "The agent polls over plain HTTP and cannot be asked."));
        }
        String id = UUID.randomUUID().toString();
        Open question = new Open(agent.id(), new CompletableFuture<>());
        open.put(id, question);
        CustomMessage message = TargetMessages.wrap(query.clone().setQueryId(id).build());
        boolean sent = outlet.push(ServerToAgent.newBuilder()
                .setInstanceUid(agent.uid().toBytes())
                .setCustomMessage(message)
                .build());
        if (!sent) {
            open.remove(id);
            return CompletableFuture.completedFuture(
                    new Outcome.Silent(agent.id(), "The question could not be sent to the agent."));
        }
        return question.answer
                .<Outcome>thenApply(answer -> new Outcome.Answered(agent.id(), answer))
                .completeOnTimeout(
                        new Outcome.Silent(
                                agent.id(), "The agent did not answer within " + PATIENCE.toSeconds() + " seconds."),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((outcome, failure) -> open.remove(id));
    }

    /** Takes in a custom message if it is an answer; only the agent that was asked can answer. */
    void answered(LiveAgent agent, CustomMessage message) {
        if (!TargetMessages.CAPABILITY.equals(message.getCapability())) {
            return;
        }
        if (message.getData().size() > MAX_ANSWER_BYTES) {
            log.warn(
                    "agent {}: answer of {} bytes ignored (expected: at most {})",
                    agent.id(),
                    message.getData().size(),
                    MAX_ANSWER_BYTES);
            return;
        }
        try {
            TargetMessages.answer(message).ifPresent(answer -> {
                Open question = open.get(answer.getQueryId());
                if (question != null && question.agent.equals(agent.id())) {
                    question.answer.complete(answer);
                }
            });
        } catch (InvalidProtocolBufferException e) {
            log.warn("agent {}: malformed answer ignored: {}", agent.id(), e.getMessage());
        }
    }
}
