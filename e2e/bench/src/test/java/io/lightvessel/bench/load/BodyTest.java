package io.lightvessel.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BodyTest {

    @ParameterizedTest
    @EnumSource(Telemetry.class)
    void everyCodingUnpacksToTheNumberedRequest(Telemetry telemetry) throws IOException {
        byte[] plain = Bodies.make(telemetry, 100, 6, 1);
        for (Coding coding : Coding.values()) {
            Body body = Body.of(plain, 100, coding);
            for (int id : new int[] {0, 1, 0x7FFF_FFFF, 123_456}) {
                body.number(id);
                byte[] unpacked = unpack(body.bytes(), coding);
                assertThat(unpacked).hasSameSizeAs(plain);
                assertThat(Body.numberIn(unpacked, 0, unpacked.length)).isEqualTo(id);
                List<Integer> ids = new ArrayList<>();
                assertThat(new RequestWalk(telemetry, ids::add).count(unpacked, 0, unpacked.length))
                        .isEqualTo(100);
                assertThat(ids).containsExactly(id);
            }
        }
    }

    /** Both check what the number changes: gzip its checksum, zstd the frame's size. */
    private static byte[] unpack(byte[] packed, Coding coding) throws IOException {
        return switch (coding) {
            case NONE -> packed;
            case GZIP -> new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
            case ZSTD -> Zstd.decompress(packed, (int) Zstd.getFrameContentSize(packed));
        };
    }

    @Test
    void recordsAreAsLargeAsTheTableSays() {
        assertThat(Bodies.make(Telemetry.LOGS, 1000, 6, 0).length / 1000).isBetween(330, 390);
        assertThat(Bodies.make(Telemetry.SPANS, 1000, 6, 0).length / 1000).isBetween(730, 870);
        assertThat(Bodies.make(Telemetry.METRICS, 1000, 6, 0).length / 1000).isBetween(150, 230);
    }
}
