package io.lightvessel.pipeline.series;

import io.lightvessel.pipeline.MalformedPayload;
import io.netty.buffer.ByteBuf;

/** Goes through a request of series, checks its structure and counts its records, as OTLP would have data points. */
public final class SeriesWalk {

    private SeriesWalk() {}

    public static int countRecords(ByteBuf request) throws MalformedPayload {
        SeriesReader reader = new SeriesReader(request);
        SeriesRuns runs = new SeriesRuns(reader);
        int records = 0;
        while (reader.next()) {
            records = Math.addExact(records, runs.look());
        }
        return records;
    }
}
