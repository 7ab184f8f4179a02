package io.lightvessel.fleet;

import java.time.Clock;
import org.springframework.stereotype.Component;

/** What every conversation needs; there are as many conversations as agents, so they share it. */
@Component
record ConversationParts(
        AgentRegistry registry,
        AgentAccess access,
        Door door,
        ConfigDelivery delivery,
        TrustOffers trust,
        AgentQuestions questions,
        Clock clock) {}
