package io.lightvessel.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LineFormatterTest {
    private final LineFormatter formatter = new LineFormatter();

    @Test
    void aRecordIsOneLineOfTimeLevelComponentAndText() {
        assertThat(line(Level.INFO, "io.lightvessel.gateway.otlp.Listener", "open\nfor business", null))
                .isEqualTo("2026-11-23T12:00:00.000Z INFO  gateway.otlp: open | for business\n");
        assertThat(line(Level.SEVERE, "io.netty.channel.X", "bad", null))
                .isEqualTo("2026-11-23T12:00:00.000Z ERROR io.netty.channel.X: bad\n");
        assertThat(line(Level.FINE, "io.lightvessel.agent.Main", "detail", null))
                .isEqualTo("2026-11-23T12:00:00.000Z DEBUG agent: detail\n");
    }

    @Test
    void causesFollowInBrackets() {
        assertThat(line(
                        Level.WARNING,
                        "io.lightvessel.agent.Main",
                        "lost",
                        new IOException("reset", new IOException("by\npeer"))))
                .isEqualTo("2026-11-23T12:00:00.000Z WARN  agent: lost (java.io.IOException: reset <- "
                        + "java.io.IOException: by | peer)\n");
    }

    @Test
    void programmingErrorsTellWhereTheyHappened() {
        assertThat(line(Level.SEVERE, "io.lightvessel.agent.Main", "bug", new IllegalStateException("x")))
                .startsWith("2026-11-23T12:00:00.000Z ERROR agent: bug (java.lang.IllegalStateException: x) at "
                        + "io.lightvessel.agent.log.LineFormatterTest.")
                .endsWith(")\n");
    }

    private String line(Level level, String logger, String message, Throwable thrown) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName(logger);
        record.setThrown(thrown);
        record.setInstant(Instant.parse("2026-11-23T12:00:00Z"));
        return formatter.format(record);
    }
}
