package io.lightvessel.collector.ebpf.symbols;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogDirectoryPodsTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String UID = "1b2f3c4d-0000-4111-8222-0123456789ab";

    @TempDir
    Path logs;

    private final AtomicLong now = new AtomicLong();

    @Test
    void containerIsFoundByTheLinkToItsLog() throws IOException {
        link("api-7d9-x2_shop_api-server-" + ID + ".log");

        assertThat(pods().find(ID, UID)).contains(new PodContainer("shop", "api-7d9-x2", "api-server", ""));
    }

    @Test
    void podIsFoundByItsDirectoryAlone() throws IOException {
        Files.createDirectories(logs.resolve("pods/shop_api-7d9-x2_" + UID));

        assertThat(pods().find(ID, UID)).contains(new PodContainer("shop", "api-7d9-x2", "0123456789ab", ""));
        assertThat(pods().find(ID, "")).isEmpty();
    }

    @Test
    void newPodsAreSeenAfterSomeSecondsAndNotLookedForAllTheTime() throws IOException {
        LogDirectoryPods pods = pods();
        assertThat(pods.find(ID, UID)).isEmpty();
        link("api_shop_main-" + ID + ".log");

        assertThat(pods.find(ID, UID)).isEmpty();
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        assertThat(pods.find(ID, UID)).isPresent();
    }

    private void link(String name) throws IOException {
        Files.createDirectories(logs.resolve("containers"));
        Files.createFile(logs.resolve("containers").resolve(name));
    }

    private LogDirectoryPods pods() {
        return new LogDirectoryPods(logs, now::get);
    }
}
