package io.lightvessel.pipeline.series;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.pipeline.MalformedPayload;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class SeriesFuzzTest {
    @Test
    void requestsOfSeries() {
        Fuzz.run(
                "series",
                5000,
                input -> SeriesWalk.countRecords(Unpooled.wrappedBuffer(input)),
                MalformedPayload.class);
    }
}
