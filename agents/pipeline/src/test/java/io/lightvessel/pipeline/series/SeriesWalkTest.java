package io.lightvessel.pipeline.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesWalkTest {

    private static final int GAUGE = SeriesReader.GAUGE;
    private static final int HISTOGRAM = SeriesReader.HISTOGRAM;
    private static final int SUMMARY = SeriesReader.SUMMARY;

    private static int records(SeriesRequest request) throws MalformedPayload {
        Payload payload = Payload.series(request.bytes(), null);
        try {
            assertThat(payload.form()).isEqualTo(PayloadForm.SERIES);
            return payload.records();
        } finally {
            payload.release();
        }
    }

    @Test
    void samplesAndNativeHistogramsCountOneByOne() throws Exception {
        assertThat(records(new SeriesRequest())).isZero();
        assertThat(records(new SeriesRequest()
                        .sample(GAUGE, 1, 1, "__name__", "a")
                        .samples(GAUGE, List.of(1L, 2L, 3L), 1, "__name__", "b")
                        .histogram(1, "__name__", "c")))
                .isEqualTo(5);
    }

    @Test
    void theSeriesOfAClassicHistogramAreOneRecord() throws Exception {
        SeriesRequest request = new SeriesRequest();
        for (String path : List.of("/a", "/b")) {
            request.sample(HISTOGRAM, 5, 1, "__name__", "h_bucket", "le", "1", "path", path)
                    .sample(HISTOGRAM, 5, 2, "__name__", "h_bucket", "le", "+Inf", "path", path)
                    .sample(HISTOGRAM, 5, 2, "__name__", "h_sum", "path", path)
                    .sample(HISTOGRAM, 5, 2, "__name__", "h_count", "path", path);
        }
        assertThat(records(request)).isEqualTo(2);
    }

    @Test
    void theSeriesOfASummaryAreOneRecord() throws Exception {
        assertThat(records(new SeriesRequest()
                        .sample(SUMMARY, 5, 1, "__name__", "s", "quantile", "0.5")
                        .sample(SUMMARY, 5, 1, "__name__", "s", "quantile", "0.9")
                        .sample(SUMMARY, 5, 1, "__name__", "s_sum")
                        .sample(SUMMARY, 5, 1, "__name__", "s_count")
                        .sample(SUMMARY, 5, 1, "__name__", "other", "quantile", "0.5")))
                .isEqualTo(2);
    }

    @Test
    void anotherTimeNameLabelTypeOrSecondSumBeginsAnotherRun() throws Exception {
        String[] sum = {"__name__", "h_sum"};
        assertThat(records(new SeriesRequest().sample(HISTOGRAM, 5, 1, sum).sample(HISTOGRAM, 6, 1, sum)))
                .isEqualTo(2);
        assertThat(records(new SeriesRequest().sample(HISTOGRAM, 5, 1, sum).sample(HISTOGRAM, 5, 1, sum)))
                .isEqualTo(2);
        assertThat(records(new SeriesRequest()
                        .sample(HISTOGRAM, 5, 1, sum)
                        .sample(HISTOGRAM, 5, 1, "__name__", "g_count")))
                .isEqualTo(2);
        assertThat(records(new SeriesRequest()
                        .sample(HISTOGRAM, 5, 1, sum)
                        .sample(HISTOGRAM, 5, 1, "__name__", "h_count", "a", "b")))
                .isEqualTo(2);
        assertThat(records(
                        new SeriesRequest().sample(HISTOGRAM, 5, 1, sum).sample(SUMMARY, 5, 1, "__name__", "h_count")))
                .isEqualTo(2);
        assertThat(records(new SeriesRequest()
                        .sample(HISTOGRAM, 5, 1, sum)
                        .sample(GAUGE, 5, 1, "__name__", "up")
                        .sample(HISTOGRAM, 5, 1, "__name__", "h_count")))
                .isEqualTo(3);
    }

    @Test
    void seriesOfSeveralSamplesAndOtherNamesStandForThemselves() throws Exception {
        assertThat(records(new SeriesRequest()
                        .samples(HISTOGRAM, List.of(1L, 2L), 1, "__name__", "h_sum")
                        .samples(HISTOGRAM, List.of(1L, 2L), 1, "__name__", "h_count")
                        .sample(HISTOGRAM, 1, 1, "__name__", "h_created")
                        .sample(HISTOGRAM, 1, 1, "__name__", "h_bucket")
                        .sample(GAUGE, 1, 1, "__name__", "h_sum")))
                .isEqualTo(7);
    }

    @Test
    void whatIsNotWellFormedIsRefusedAndLetGo() {
        refused(
                new SeriesRequest().raw((byte) 0x0A, (byte) 2, (byte) 0, (byte) 9),
                "a reference to symbol 9 (expected: one of 1)");
        refused(
                new SeriesRequest().raw((byte) 0x0A, (byte) 1, (byte) 0),
                "a series with 1 label references (expected: pairs)");
        refused(
                new SeriesRequest().raw((byte) 0x12, (byte) 0, (byte) 0x1A, (byte) 0),
                "a series with samples and histograms (expected: one or the other)");
        refused(
                new SeriesRequest().raw((byte) 0x22, (byte) 3, (byte) 0x0A, (byte) 1, (byte) 7),
                "a reference to symbol 7 (expected: one of 1)");
        refused(
                new SeriesRequest().raw((byte) 0x2A, (byte) 2, (byte) 24, (byte) 7),
                "a reference to symbol 7 (expected: one of 1)");
        refused(new SeriesRequest().raw((byte) 0x0A, (byte) 5), "length 5 at byte 5 (expected: at most 0)");
    }

    private static void refused(SeriesRequest request, String message) {
        refused(request.bytes(), message);
    }

    private static void refused(ByteBuf bytes, String message) {
        ByteBudget budget = new ByteBudget(1 << 20);
        ByteBudget.Lease lease = budget.tryAcquire(10);
        assertThatThrownBy(() -> Payload.series(bytes, lease))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage(message);
        assertThat(bytes.refCnt()).isZero();
        assertThat(budget.used()).isZero();
    }

    @Test
    void symbolsMustBeginWithTheEmptyOne() {
        refused(
                Unpooled.buffer().writeByte(0x22).writeByte(1).writeByte('a'),
                "symbol 0 is 'a' (expected: the empty text)");
    }

    @Test
    void everyPrefixOfARequestIsReadOrRefused() throws Exception {
        ByteBuf whole = new SeriesRequest()
                .sample(HISTOGRAM, 5, 1, "__name__", "h_bucket", "le", "1")
                .histogram(7, "__name__", "n")
                .bytes();
        int read = 0;
        for (int length = 0; length < whole.readableBytes(); length++) {
            try {
                SeriesWalk.countRecords(whole.slice(0, length));
                read++;
            } catch (MalformedPayload e) {
                assertThat(e).message().isNotEmpty();
            }
        }
        assertThat(read).as("prefixes that end between two fields").isPositive();
        assertThat(SeriesWalk.countRecords(whole)).isEqualTo(2);
    }
}
