package io.lightvessel.targets;

import io.lightvessel.cluster.ClusterId;
import io.lightvessel.fleet.AgentId;
import io.lightvessel.fleet.AgentQuestions;
import io.lightvessel.fleet.AgentService;
import io.lightvessel.platform.Page;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.wire.targets.TargetsAnswer;
import io.lightvessel.wire.targets.TargetsQuery;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Asks the gateways of a cluster of the tenant in scope for their targets and makes one list of the answers. */
@Service
public class TargetService {
    private final AgentQuestions questions;
    private final AgentService agents;

    TargetService(AgentQuestions questions, AgentService agents) {
        this.questions = questions;
        this.agents = agents;
    }

    /** Targets that match, by key. Waits for the agents, up to five seconds. */
    @Requires(Permission.AGENT_READ)
    public TargetAnswers list(ClusterId cluster, TargetQuery wanted, PageRequest page) {
        TargetsQuery.Builder query = TargetsQuery.newBuilder()
                .setJob(wanted.job() == null ? "" : wanted.job())
                .setState(wanted.state() == null ? "" : wanted.state().wireName())
                .setText(wanted.text())
                .setAfter(page.after() == null ? "" : page.after())
                .setLimit(page.size() + 1);
        TargetMerge merge = new TargetMerge();
        List<TargetAnswers.Replica> replicas = new ArrayList<>();
        Map<TargetState, Integer> counts = new EnumMap<>(TargetState.class);
        for (AgentQuestions.Outcome<TargetsAnswer> outcome : questions.targets(cluster, query)) {
            switch (outcome) {
                case AgentQuestions.Outcome.Silent<TargetsAnswer> silent ->
                    replicas.add(new TargetAnswers.Replica(
                            silent.agent(), name(silent.agent()), silent.reason(), List.of(), null));
                case AgentQuestions.Outcome.Answered<TargetsAnswer> answered -> {
                    TargetsAnswer answer = answered.answer();
                    answer.getTargetsList().forEach(target -> merge.add(answered.agent(), target));
                    answer.getCountsMap()
                            .forEach((state, count) -> counts.merge(TargetState.of(state), count, Integer::sum));
                    replicas.add(TargetMerge.replica(answered.agent(), name(answered.agent()), answer));
                }
            }
        }
        List<Target> targets = merge.targets(page.size() + 1, ownedBy(wanted.owner(), replicas));
        return new TargetAnswers(Page.of(targets, page, Target::key), counts, replicas);
    }

    /** An owner tells all of its own, so that leaving out the others' leaves none out of a page. */
    private static Predicate<Target> ownedBy(@Nullable String owner, List<TargetAnswers.Replica> replicas) {
        if (owner == null) {
            return _ -> true;
        }
        Set<AgentId> meant = replicas.stream()
                .filter(replica -> replica.name().equals(owner)
                        || replica.agent().toString().equals(owner))
                .map(TargetAnswers.Replica::agent)
                .collect(Collectors.toSet());
        return target -> target.owners().stream().anyMatch(meant::contains);
    }

    private String name(AgentId agent) {
        return agents.find(agent).map(found -> found.name()).orElse(agent.toString());
    }
}
