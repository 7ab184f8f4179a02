package io.lightvessel.fleet.opamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    private static final int LIMIT = 100_000;

    private final InboundBudget budget = new InboundBudget(1_000_000);

    private Problem read(InputStream body, String encoding, Duration patience, MessageAssembler into)
            throws IOException {
        return new BodyReader(LIMIT, patience).read(body, encoding, into);
    }

    private Problem read(byte[] body, String encoding) throws IOException {
        try (MessageAssembler into = new MessageAssembler(LIMIT, budget)) {
            return read(new ByteArrayInputStream(body), encoding, Duration.ofSeconds(10), into);
        } finally {
            assertThat(budget.free()).isEqualTo(1_000_000);
        }
    }

    @Test
    void aBodyOfExactlyTheLimitIsRead() throws IOException {
        try (MessageAssembler into = new MessageAssembler(LIMIT, budget)) {
            assertThat(read(new ByteArrayInputStream(new byte[LIMIT]), null, Duration.ofSeconds(10), into))
                    .isNull();
            assertThat(into.message().remaining()).isEqualTo(LIMIT);
            assertThat(budget.free()).isEqualTo(1_000_000 - 2 * LIMIT);
        }
    }

    @Test
    void oneByteMoreIsTooMuchPackedOrNot() throws IOException {
        assertThat(read(new byte[LIMIT + 1], null).status()).isEqualTo(413);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[LIMIT + 1]);
        }
        assertThat(read(packed.toByteArray(), "gzip").status()).isEqualTo(413);
    }

    @Test
    void aBodyThatTricklesInIsGivenUp() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                into[offset] = 1;
                return 1;
            }
        };
        try (MessageAssembler into = new MessageAssembler(LIMIT, budget)) {
            assertThat(read(endless, null, Duration.ZERO, into).status()).isEqualTo(408);
        }
    }

    @Test
    void aBodyBeyondTheBudgetIsPutOff() throws IOException {
        assertThat(budget.tryAcquire(900_000)).isTrue();
        try (MessageAssembler into = new MessageAssembler(LIMIT, budget)) {
            Problem problem = read(new ByteArrayInputStream(new byte[LIMIT]), null, Duration.ofSeconds(10), into);
            assertThat(problem.status()).isEqualTo(503);
        }
        assertThat(budget.free()).isEqualTo(100_000);
    }
}
