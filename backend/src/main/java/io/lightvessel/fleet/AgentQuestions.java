package io.lightvessel.fleet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.lightvessel.cluster.ClusterId;
import io.lightvessel.fleet.opamp.Outlet;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.ProfileMessages;
import io.lightvessel.wire.TargetMessages;
import io.lightvessel.wire.opamp.CustomMessage;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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

    private record Open(AgentId agent, CompletableFuture<MessageLite> answer) {}

    /** What became of a question to one agent. */
    public sealed interface Outcome<A> {
        AgentId agent();

        /** The agent's answer. */
        record Answered<A>(AgentId agent, A answer) implements Outcome<A> {}

        /** There is none; the reason as a sentence. */
        record Silent<A>(AgentId agent, String reason) implements Outcome<A> {}
    }

    /** Asks every agent of a cluster of the tenant in scope that knows of targets at all and was not stopped. Waits up to five seconds. */
    public List<Outcome<TargetsAnswer>> targets(ClusterId cluster, TargetsQuery.Builder query) {
        // Collectors fetch nothing, and who was stopped on purpose is not missed.
        return ask(
                cluster,
                agent -> agent.role() != AgentRole.COLLECTOR
                        && agent.understands(TargetMessages.CAPABILITY)
                        && !agent.isStopped(),
                id -> TargetMessages.wrap(query.clone().setQueryId(id).build()),
                TargetsAnswer.class);
    }

    /**
     * Asks the agents on a cluster's nodes, of the tenant in scope, what their CPUs ran. Waits up to five seconds.
     *
     * @param only asks this one alone; null for all
     */
    public List<Outcome<ProfilesAnswer>> profiles(
            ClusterId cluster, @Nullable AgentId only, ProfilesQuery.Builder query) {
        // Gateways see no node.
        return ask(
                cluster,
                agent -> agent.role() != AgentRole.GATEWAY
                        && !agent.isStopped()
                        && agent.understands(ProfileMessages.CAPABILITY)
                        && (only == null || only.equals(agent.id())),
                id -> ProfileMessages.wrap(query.clone().setQueryId(id).build()),
                ProfilesAnswer.class);
    }

    private <A extends MessageLite> List<Outcome<A>> ask(
            ClusterId cluster, Predicate<LiveAgent> whom, Function<String, CustomMessage> question, Class<A> type) {
        List<CompletableFuture<Outcome<A>>> outcomes = registry.of(TenantScope.tenant()).in(cluster).stream()
                .filter(whom)
                .map(agent -> ask(agent, question, type))
                .toList();
        return outcomes.stream().map(CompletableFuture::join).toList();
    }

    private <A extends MessageLite> CompletableFuture<Outcome<A>> ask(
            LiveAgent agent, Function<String, CustomMessage> wrapped, Class<A> type) {
        Outlet outlet = agent.outlet();
        if (outlet == null || outlet.transport() != TransportKind.WEBSOCKET) {
            return CompletableFuture.completedFuture(new Outcome.Silent<>(
                    agent.id(),
                    outlet == null
                            ? "The agent is not connected."
                            : "The agent polls over plain HTTP and cannot be asked."));
        }
        String id = UUID.randomUUID().toString();
        Open question = new Open(agent.id(), new CompletableFuture<>());
        open.put(id, question);
        boolean sent = outlet.push(ServerToAgent.newBuilder()
                .setInstanceUid(agent.uid().toBytes())
                .setCustomMessage(wrapped.apply(id))
                .build());
        if (!sent) {
            open.remove(id);
            return CompletableFuture.completedFuture(
                    new Outcome.Silent<>(agent.id(), "The question could not be sent to the agent."));
        }
        return question.answer
                .<Outcome<A>>thenApply(answer -> type.isInstance(answer)
                        ? new Outcome.Answered<>(agent.id(), type.cast(answer))
                        : new Outcome.Silent<>(agent.id(), "The agent answered something else."))
                .completeOnTimeout(
                        new Outcome.Silent<>(
                                agent.id(), "The agent did not answer within " + PATIENCE.toSeconds() + " seconds."),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS)
                .whenComplete((outcome, failure) -> open.remove(id));
    }

    /** Takes in a custom message if it is an answer; only the agent that was asked can answer. */
    void answered(LiveAgent agent, CustomMessage message) {
        boolean answers = TargetMessages.CAPABILITY.equals(message.getCapability())
                || ProfileMessages.CAPABILITY.equals(message.getCapability());
        if (!answers) {
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
            TargetMessages.answer(message).ifPresent(answer -> complete(agent, answer.getQueryId(), answer));
            ProfileMessages.answer(message).ifPresent(answer -> complete(agent, answer.getQueryId(), answer));
        } catch (InvalidProtocolBufferException e) {
            log.warn("agent {}: malformed answer ignored: {}", agent.id(), e.getMessage());
        }
    }

    private void complete(LiveAgent agent, String id, MessageLite answer) {
        Open question = open.get(id);
        if (question != null && question.agent.equals(agent.id())) {
            question.answer.complete(answer);
        }
    }
}
