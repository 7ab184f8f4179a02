package io.lightvessel.gateway.scrape;

import io.lightvessel.gateway.net.Transport;
import io.lightvessel.gateway.scrape.http.HttpOptions;
import io.lightvessel.gateway.scrape.http.TargetClient;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Timer;

/** What all targets of a receiver share. */
record ScrapeMeans(
        Transport transport,
        ScrapeWorkers workers,
        Timer timer,
        ByteBudget budget,
        Outlet outlet,
        ScrapeMetrics metrics) {

    TargetClient client(HttpOptions options) {
        return new TargetClient(transport, timer, budget, options);
    }
}
