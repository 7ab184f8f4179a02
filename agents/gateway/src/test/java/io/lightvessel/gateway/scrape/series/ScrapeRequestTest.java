package io.lightvessel.gateway.scrape.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.gateway.exposition.ExpositionFormat;
import io.lightvessel.gateway.exposition.ExpositionParser;
import io.lightvessel.gateway.exposition.ExpositionParsers;
import io.lightvessel.gateway.exposition.MalformedExposition;
import io.lightvessel.gateway.exposition.ParserOptions;
import io.lightvessel.gateway.testing.SeriesLines;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScrapeRequestTest {
    private final ExpositionParser parser = ExpositionParsers.of(ExpositionFormat.TEXT_0_0_4, ParserOptions.DEFAULT);
    private final ScrapeRequest request = new ScrapeRequest();
    private int relabelled;
    private TargetSeries target = target(SeriesOptions.DEFAULT);

    private TargetSeries target(SeriesOptions options) {
        return new TargetSeries(
                Map.of("job", "j", "instance", "i"),
                labels -> {
                    relabelled++;
                    labels.set("job", "j");
                    return !labels.toString().startsWith("secret");
                },
                options);
    }

    /** Scrapes a text at a time; the lines of the request without the report. */
    private List<String> scrape(long time, String text) throws Exception {
        request.begin(target, time);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        parser.open(body, 0, body.length);
        try {
            request.samples(parser);
        } catch (MalformedExposition | ScrapeRefused e) {
            request.fail();
            throw e;
        }
        return lines();
    }

    private List<String> lines() {
        ByteBuf bytes = request.bytes(UnpooledByteBufAllocator.DEFAULT);
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy).release();
        assertThat(copy.length).isEqualTo(request.size());
        return SeriesLines.of(copy);
    }

    @Test
    void samplesHaveTheirLabelsMetadataAndTimes() throws Exception {
        assertThat(scrape(1000, """
                # HELP up_to Is it.
                # TYPE up_to counter
                up_to{b="2",a="1"} 3
                plain 4.5 777
                """))
                .containsExactly(
                        "up_to{a=\"1\",b=\"2\",job=\"j\"} 3.0@1000 [counter|Is it.]", "plain{job=\"j\"} 4.5@777");
        assertThat(request.counts()).isEqualTo(new ScrapeCounts(2, 2, 2, 0, 0));
    }

    @Test
    void labelsAreWorkedOutOncePerSeries() throws Exception {
        String text = "a{x=\"1\"} 1\na{x=\"2\"} 2\nsecret{x=\"1\"} 3\n";
        scrape(1000, text);
        assertThat(request.counts()).isEqualTo(new ScrapeCounts(3, 2, 2, 0, 0));
        assertThat(scrape(2000, text))
                .containsExactly("a{job=\"j\",x=\"1\"} 1.0@2000", "a{job=\"j\",x=\"2\"} 2.0@2000");
        assertThat(request.counts()).isEqualTo(new ScrapeCounts(3, 2, 0, 0, 0));
        assertThat(relabelled).isEqualTo(3);
    }

    @Test
    void vanishedSeriesAreMarkedStaleOnce() throws Exception {
        scrape(1000, "a 1\nb 2\n");
        assertThat(scrape(2000, "a 1\n")).containsExactly("a{job=\"j\"} 1.0@2000", "b{job=\"j\"} stale@2000");
        assertThat(scrape(3000, "a 1\n")).containsExactly("a{job=\"j\"} 1.0@3000");
        assertThat(scrape(4000, "a 1\nb 3\n")).containsExactly("a{job=\"j\"} 1.0@4000", "b{job=\"j\"} 3.0@4000");
        assertThat(request.counts().added()).isEqualTo(1);
    }

    @Test
    void aFailedScrapeMarksAllSeriesOfTheOneBeforeStale() throws Exception {
        scrape(1000, "a 1\nb 2\n");
        assertThatThrownBy(() -> scrape(2000, "b 2\nc 3\na broken\n")).isInstanceOf(MalformedExposition.class);
        assertThat(lines()).containsExactly("a{job=\"j\"} stale@2000", "b{job=\"j\"} stale@2000");
        request.begin(target, 3000);
        request.fail();
        assertThat(lines()).isEmpty();
        assertThat(scrape(4000, "a 1\n")).containsExactly("a{job=\"j\"} 1.0@4000");
        assertThat(request.counts().added()).isZero();
    }

    @Test
    void seriesWithTimesOfTheirOwnAreNotMarkedStaleUnlessAskedFor() throws Exception {
        scrape(1000, "a 1 500\n");
        assertThat(scrape(2000, "")).isEmpty();
        target = target(new SeriesOptions(true, true, 0, 0, 8, false));
        scrape(1000, "a 1 500\n");
        assertThat(scrape(2000, "")).containsExactly("a{job=\"j\"} stale@2000");
        target = target(new SeriesOptions(false, false, 0, 0, 8, false));
        assertThat(scrape(1000, "a 1 500\n")).containsExactly("a{job=\"j\"} 1.0@1000");
        assertThat(scrape(2000, "")).containsExactly("a{job=\"j\"} stale@2000");
    }

    @Test
    void ofDuplicatesTheFirstOneCounts() throws Exception {
        assertThat(scrape(1000, "a{x=\"1\",y=\"2\"} 1\na{x=\"1\",y=\"2\"} 2\na{y=\"2\",x=\"1\"} 3\n"))
                .containsExactly("a{job=\"j\",x=\"1\",y=\"2\"} 1.0@1000");
        assertThat(request.counts()).isEqualTo(new ScrapeCounts(3, 3, 1, 2, 0));
    }

    @Test
    void aSeriesThatIsWrittenInAnotherWayGoesOn() throws Exception {
        scrape(1000, "a{x=\"1\",y=\"2\"} 1\n");
        assertThat(scrape(2000, "a{y=\"2\",x=\"1\"} 3\n")).containsExactly("a{job=\"j\",x=\"1\",y=\"2\"} 3.0@2000");
        assertThat(request.counts().added()).isZero();
    }

    @Test
    void changedMetadataCountsAtOnce() throws Exception {
        scrape(1000, "# TYPE a counter\na 1\n");
        assertThat(scrape(2000, "# HELP a Now.\n# TYPE a gauge\na 1\n"))
                .containsExactly("a{job=\"j\"} 1.0@2000 [gauge|Now.]");
        assertThat(scrape(3000, "a 1\n")).containsExactly("a{job=\"j\"} 1.0@3000");
    }

    @Test
    void aSampleLimitFailsTheScrapeAfterCountingAll() {
        target = target(new SeriesOptions(true, false, 2, 0, 8, false));
        assertThatThrownBy(() -> scrape(1000, "a 1\nb 1\nsecret 1\nc 1\nd 1\n"))
                .isInstanceOf(ScrapeRefused.class)
                .hasMessage("sample_limit exceeded: more than 2");
        assertThat(lines()).isEmpty();
        assertThat(request.counts().scraped()).isEqualTo(5);
        assertThat(request.counts().kept()).isEqualTo(4);
    }

    @Test
    void aReportAloneTakesNoOtherSymbolsAlong() throws Exception {
        scrape(1000, "a{with=\"a long label\"} 1\n");
        request.begin(target, 2000);
        request.fail();
        request.begin(target, 3000);
        request.fail();
        request.report(false, 0.25, 10, 0);
        assertThat(lines())
                .hasSize(5)
                .contains("up{instance=\"i\",job=\"j\"} 0.0@3000"
                        + " [gauge|Health of the scrape target. 1 means the target is healthy, 0 if the scrape"
                        + " failed.]")
                .anyMatch(line -> line.startsWith("scrape_duration_seconds{instance=\"i\",job=\"j\"} 0.25@3000"));
        ByteBuf bytes = request.bytes(UnpooledByteBufAllocator.DEFAULT);
        assertThat(bytes.toString(StandardCharsets.ISO_8859_1)).doesNotContain("a long label");
        bytes.release();
    }

    @Test
    void seriesThatComeAndGoDoNotAddUp() throws Exception {
        long most = 0;
        for (int scrape = 0; scrape < 200; scrape++) {
            StringBuilder text = new StringBuilder("# TYPE a gauge\n");
            for (int i = 0; i < 500; i++) {
                text.append("a{id=\"%d\"} %d\n".formatted(scrape * 100 + i, i));
            }
            List<String> lines = scrape(1000L * (scrape + 1), text.toString());
            assertThat(lines).hasSize(scrape == 0 ? 500 : 600);
            assertThat(lines.getFirst()).startsWith("a{id=\"" + scrape * 100 + "\",job=\"j\"} 0.0@");
            assertThat(lines.stream().filter(line -> line.contains("stale")).count())
                    .isEqualTo(scrape == 0 ? 0 : 100);
            most = Math.max(most, target.memory());
        }
        assertThat(most).isLessThan(300 * 1024);
        assertThat(target.size()).isLessThan(1200);
    }
}
