package io.lightvessel.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.config.ConfigParser;
import io.lightvessel.config.Environment;
import io.lightvessel.config.ParseOutcome;
import io.lightvessel.config.Signal;
import io.lightvessel.config.ottl.Ottl;
import io.lightvessel.config.ottl.OttlContext;
import io.lightvessel.config.ottl.OttlError;
import io.lightvessel.config.ottl.Statement;
import io.lightvessel.fuzz.Fuzz;
import io.lightvessel.gateway.otlp.json.JsonRenderer;
import io.lightvessel.gateway.otlp.json.JsonTranscoder;
import io.lightvessel.gateway.otlp.json.MalformedJson;
import io.lightvessel.gateway.tail.RecordReader;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Foreign bytes whose parsers are open to other packages: configs, OTLP in protobuf and in JSON. */
class FuzzTest {
    private static final Environment NOTHING = Environment.of(Map.of());

    /** A config with findings. */
    private static final class Objection extends Exception {
        Objection(String message) {
            super(message);
        }
    }

    @Test
    void configsAndTheirStatements() {
        Fuzz.run(
                "config",
                2500,
                input -> {
                    ParseOutcome outcome = ConfigParser.parse(new String(input, StandardCharsets.UTF_8), NOTHING);
                    if (outcome instanceof ParseOutcome.Valid valid) {
                        return valid.config().pipelines().size();
                    }
                    assertThat(outcome.findings()).isNotEmpty();
                    throw new Objection(outcome.findings().getFirst().toString());
                },
                Objection.class);
    }

    /** What the walk lets through must not trouble those who look deeper. */
    @ParameterizedTest
    @EnumSource
    void requests(Signal signal) {
        Fuzz.run(
                signal.label(),
                8000,
                input -> {
                    Payload payload = Payload.walk(signal, Unpooled.wrappedBuffer(input));
                    String deeper = deeper(signal, payload);
                    payload.release();
                    return payload.records() + deeper;
                },
                MalformedPayload.class);
    }

    private static String deeper(Signal signal, Payload payload) {
        if (signal == Signal.PROFILES) {
            return "";
        }
        try {
            String json = JsonRenderer.render(signal, payload.bytes(), 10_000);
            assertThat(json.length()).isLessThanOrEqualTo(11_000);
            RecordReader.read(signal, payload.bytes(), record -> true);
            return "";
        } catch (MalformedPayload e) {
            return e.getMessage();
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROFILES")
    void requestsInJson(Signal signal) {
        Fuzz.run(
                signal.label() + "-json",
                5000,
                input -> {
                    ProtoWriter out = new ProtoWriter(64);
                    JsonTranscoder.transcode(signal, new ByteArrayInputStream(input), out);
                    assertThat(out.size()).isLessThanOrEqualTo(20 * input.length + 100);
                    // What comes out is a request.
                    return Payload.walk(signal, Unpooled.wrappedBuffer(out.array(), 0, out.size()))
                            .records();
                },
                MalformedJson.class);
    }

    /** A record logged, and a statement run on it. */
    @Test
    void statementsOnRequests() throws Exception {
        Fuzz.run(
                "ottl",
                1500,
                input -> {
                    int end = 0;
                    while (end < input.length && input[end] != 0) {
                        end++;
                    }
                    String statement = new String(input, 0, end, StandardCharsets.UTF_8);
                    Statement unused = Ottl.statement(statement, OttlContext.LOG);
                    byte[] request = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
                    return new Transformation(statement)
                            .run(Payload.walk(Signal.LOGS, Unpooled.wrappedBuffer(request)));
                },
                OttlError.class,
                MalformedPayload.class);
    }

    /** What a damaged disk gives back is what was put there, in quarantine, or nothing. */
    @Test
    void segmentsOfQueues() throws Exception {
        Path memory = Path.of("/dev/shm");
        Path directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "segments")
                : Files.createTempDirectory("segments");
        Fuzz.run("segment", 300, input -> SegmentFile.read(directory, input), SegmentFile.Damaged.class);
        Files.deleteIfExists(directory);
    }
}
