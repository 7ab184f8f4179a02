package io.lightvessel.gateway.cluster.core;

import io.lightvessel.gateway.cluster.Handover;
import io.lightvessel.gateway.cluster.TargetKey;
import org.jspecify.annotations.Nullable;

/** What a {@link Replica} does to the world around it. Nothing here blocks or calls the replica. */
public interface Effects {

    void send(MemberId to, Message message);

    /** May hold from now on, as long as the lease lasts. */
    void take(TargetKey key, @Nullable Handover handover);

    /** Holds no longer; {@link Replica#given} is called when its owner has ended. */
    void give(TargetKey key, long epoch);

    /** Holds no longer, since its owner does not know it any more. */
    void drop(TargetKey key);

    /** Holds no longer. */
    void lose(TargetKey key);

    /** Until when, in the replica's own time, anything may hold. */
    void lease(long until);

    /** {@link Replica#ruled} is called if there is an answer. */
    void claim(Arbiter.Claim claim);

    /** This replica is out of the cluster and holds nothing. */
    void left();
}
