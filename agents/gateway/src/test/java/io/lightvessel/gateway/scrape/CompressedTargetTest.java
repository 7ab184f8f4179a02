package io.lightvessel.gateway.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.testing.ManualTimer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Packed answers, from honest targets and others. */
class CompressedTargetTest {
    private ScriptedTarget target;
    private ReceiverKit kit;

    @BeforeEach
    void start() throws Exception {
        target = new ScriptedTarget();
        target.encoding = "gzip";
    }

    @AfterEach
    void stop() {
        target.close();
        kit.close();
    }

    private void run(String more) throws Exception {
        ManualTimer timer = new ManualTimer();
        timer.setClock(Instant.parse("2026-11-27T10:00:00Z"));
        kit = new ReceiverKit(
                timer,
                "{job_name: j, scrape_interval: 10s, %s static_configs: [{targets: ['%s']}]}"
                        .formatted(more, target.address()));
        kit.awaitPlan();
    }

    /** What a scrape of this body comes to, as the series' values; the budget is whole again after it. */
    private List<String> scrape(byte[] packed) throws Exception {
        target.body = packed;
        List<String> lines = kit.scrape();
        assertThat(kit.context.budget.used()).isZero();
        return lines.stream()
                .map(line -> line.replaceFirst("\\{.*}", "").replaceFirst("@.*", ""))
                .toList();
    }

    private static byte[] text(int size) {
        StringBuilder text = new StringBuilder("# HELP a ");
        Random random = new Random(1);
        while (text.length() < size - 5) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.append("\na 1\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsPackedCountsUnpacked() throws Exception {
        run("body_size_limit: 200000B,");
        byte[] fits = text(200_000);
        assertThat(fits).hasSize(200_000);
        assertThat(scrape(ScriptedTarget.packed(fits))).containsExactly("a 1.0", "up 1.0");
        assertThat(target.accepts).endsWith("; gzip");
        assertThat(scrape(ScriptedTarget.packed(text(200_001)))).containsExactly("a stale", "up 0.0");
        assertThat(kit.snapshot().error()).isEqualTo("body_size_limit exceeded: more than 200000 bytes unpacked");
        assertThat(scrape(ScriptedTarget.packed(fits))).containsExactly("a 1.0", "up 1.0");
    }

    @Test
    void aBombIsPutOutAtTheLimitOrAtTheBudget() throws Exception {
        // A thousand times its size: 100 KB become 100 MB, and the budget is 64 MiB.
        byte[] bomb = ScriptedTarget.packed(new byte[100 << 20]);
        assertThat(bomb.length).isLessThan(110_000);
        run("");
        assertThat(scrape(bomb)).containsExactly("up 0.0");
        assertThat(kit.snapshot().error())
                .isEqualTo("the agent's memory budget is spent, there is no room to unpack the answer");
        kit.close();
        run("body_size_limit: 1MB,");
        assertThat(scrape(bomb)).containsExactly("up 0.0");
        assertThat(kit.snapshot().error()).startsWith("body_size_limit exceeded: more than ");
        assertThat(scrape(ScriptedTarget.packed(text(1000)))).containsExactly("a 1.0", "up 1.0");
    }

    @Test
    void severalMembersAreOneBody() throws Exception {
        run("");
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String part : List.of("a 1\n", "b", " 2\n")) {
            body.write(ScriptedTarget.packed(part.getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(scrape(body.toByteArray())).containsExactly("a 1.0", "b 2.0", "up 1.0");
    }

    @Test
    void damagedBodiesFailTheScrapeWhole() throws Exception {
        run("");
        byte[] whole = ScriptedTarget.packed(text(5000));
        assertThat(scrape(whole)).containsExactly("a 1.0", "up 1.0");
        byte[] flipped = whole.clone();
        flipped[whole.length - 6] ^= 1;
        assertThat(scrape(flipped)).containsExactly("a stale", "up 0.0");
        assertThat(kit.snapshot().error()).startsWith("the gzip body is damaged: ");
        for (byte[] bad : List.of(
                Arrays.copyOf(whole, whole.length / 2),
                Arrays.copyOf(whole, whole.length - 1),
                "a 1\n".getBytes(StandardCharsets.UTF_8),
                new byte[0])) {
            assertThat(scrape(bad)).containsExactly("up 0.0");
            assertThat(kit.snapshot().error()).startsWith("the gzip body is damaged: ");
        }
        target.encoding = "br";
        assertThat(scrape(whole)).containsExactly("up 0.0");
        assertThat(kit.snapshot().error()).contains("Content-Encoding: br");
    }

    @Test
    void compressionIsNotAskedForWhenTheJobSaysSo() throws Exception {
        run("enable_compression: false,");
        target.encoding = "";
        assertThat(scrape("a 1\n".getBytes(StandardCharsets.UTF_8))).containsExactly("a 1.0", "up 1.0");
        assertThat(target.accepts).endsWith("; identity");
    }
}
