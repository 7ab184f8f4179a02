package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Member;
import io.lightvessel.gateway.cluster.core.MemberId;
import java.io.IOException;
import java.util.Set;

/** Carries bytes between replicas and says who is in reach. It may lose, double and reorder what it carries. */
public interface Transport extends AutoCloseable {

    /** Called on the transport's threads; does not block. */
    interface Listener {

        /** @param expected how many replicas discovery names, this one among them; 0 when unknown */
        void reachable(Set<MemberId> others, int expected);

        void received(MemberId from, byte[] bytes);
    }

    /**
     * Looks for the others and begins to carry. May take some seconds.
     *
     * @return this replica as the others know it
     */
    Member connect(Listener listener) throws IOException;

    /** Does not fail: what cannot be sent is lost. */
    void send(MemberId to, byte[] bytes);

    /** Leaves the others and closes the port. */
    @Override
    void close();
}
