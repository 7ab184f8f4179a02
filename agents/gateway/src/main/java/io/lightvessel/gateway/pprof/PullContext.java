package io.lightvessel.gateway.pprof;

import io.lightvessel.gateway.cluster.TargetKey;
import io.lightvessel.gateway.scrape.http.TargetClient;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Timer;
import java.util.Map;

/** What loops need of the job and the receiver that they belong to. */
interface PullContext {

    PprofJob job();

    Timer timer();

    /** For one loop. */
    TargetClient client();

    /** Of every request. */
    Map<String, String> headers();

    /** Whether a profile may be pulled at this moment. */
    boolean mayPull(TargetKey key);

    /** Runs something on the one thread that reads profiles; false when that has ended. */
    boolean work(Runnable task);

    /** Only for that thread. */
    ProfileReader reader();

    Outlet outlet();

    PullCounters counters();

    /** What a pull took. */
    void cost(TargetKey key, int bytes);
}
