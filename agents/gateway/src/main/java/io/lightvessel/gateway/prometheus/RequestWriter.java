package io.lightvessel.gateway.prometheus;

import io.lightvessel.pipeline.protobuf.ProtoWriter;

/** Writes series as requests of one version of the protocol. */
interface RequestWriter {

    /** To be called before the first request of a payload. */
    void begin(SeriesTable table);

    /** Makes a request of series, beginning with {@code from}, until it is full; returns where to go on. */
    int write(int from, SeriesTable table, int fullAt);

    /** The request made last; valid until the next one. */
    ProtoWriter request();

    /** Samples, histograms and exemplars of the request made last. */
    Contents contents();

    /**
     * How much a request holds.
     *
     * @param points data points of the payload that are told by it and by no request before it
     */
    record Contents(int points, int samples, int histograms, int exemplars) {}
}
