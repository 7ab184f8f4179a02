package io.lightvessel.gateway.prometheus;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;

/** Writes scraped series, of one payload or of several, as requests of one version of the protocol. */
interface SeriesWriter {

    /** A payload whose series are to be written. */
    interface Source {

        /** Adds the series that the payload's reader shows to the request. */
        void add() throws MalformedPayload;
    }

    /** Begins a request. */
    void begin();

    /** @param runs looks at every series before it is added */
    Source source(SeriesReader reader, SeriesRuns runs);

    /** How large the request is so far. */
    int size();

    /** The request; valid until the next one begins. */
    ProtoWriter finish();
}
