package io.lightvessel.gateway.scrape.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.exposition.ExpositionFormat;
import io.lightvessel.gateway.exposition.ExpositionParser;
import io.lightvessel.gateway.exposition.ExpositionParsers;
import io.lightvessel.gateway.exposition.ParserOptions;
import io.lightvessel.gateway.testing.SeriesLines;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a target's former owner knew comes from another replica, which may be of another version. */
class SeriesStateFuzzTest {
    private static final byte[] BODY = "a{job=\"j\"} 1\nb 2\n".getBytes(StandardCharsets.UTF_8);

    private final ExpositionParser parser = ExpositionParsers.of(ExpositionFormat.TEXT_0_0_4, ParserOptions.DEFAULT);
    private final ScrapeRequest request = new ScrapeRequest();

    /** Whatever is taken over, requests are well-formed, have all that was scraped, and end what was not. */
    @Test
    void statesFromElsewhere() {
        Fuzz.run(
                "series-state",
                6000,
                input -> {
                    TargetSeries target = new TargetSeries(Map.of("job", "j"), _ -> true, SeriesOptions.DEFAULT);
                    try {
                        target.goOnFrom(input);
                    } catch (MalformedPayload e) {
                        scrape(target);
                        throw e;
                    }
                    TargetSeries next = new TargetSeries(Map.of("job", "j"), _ -> true, SeriesOptions.DEFAULT);
                    next.goOnFrom(target.state(1 << 24));
                    List<String> lines = scrape(target);
                    assertThat(scrape(next)).containsExactlyInAnyOrderElementsOf(lines);
                    return lines.size() + " series " + lines.getLast();
                },
                MalformedPayload.class);
    }

    /** It would be in a request when the series is marked stale, which receivers would refuse whole. */
    @Test
    void aLabelWithoutANameIsRefused() throws Exception {
        ProtoWriter state = new ProtoWriter(64);
        state.varint(1, 1);
        for (String symbol : List.of("__name__", "a", "")) {
            byte[] bytes = symbol.getBytes(StandardCharsets.UTF_8);
            state.bytes(4, bytes, 0, bytes.length);
        }
        state.bytes(5, new byte[] {0, 1, 2, 1}, 0, 4);
        TargetSeries target = new TargetSeries(Map.of("job", "j"), _ -> true, SeriesOptions.DEFAULT);
        assertThatThrownBy(() -> target.goOnFrom(state.toByteArray()))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage("a label without a name");
        assertThat(scrape(target)).hasSize(2);
    }

    private List<String> scrape(TargetSeries target) throws Exception {
        request.begin(target, 1000);
        parser.open(BODY, 0, BODY.length);
        request.samples(parser);
        ByteBuf bytes = request.bytes(UnpooledByteBufAllocator.DEFAULT);
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy).release();
        List<String> lines = SeriesLines.of(copy);
        assertThat(lines.subList(0, 2)).containsExactly("a{job=\"j\"} 1.0@1000", "b{} 2.0@1000");
        assertThat(lines.subList(2, lines.size())).allMatch(line -> line.contains("stale"));
        return lines;
    }
}
