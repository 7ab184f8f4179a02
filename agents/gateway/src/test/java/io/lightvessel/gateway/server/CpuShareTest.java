package io.lightvessel.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CpuShareTest {

    private final AtomicLong clock = new AtomicLong(1_000);
    private final AtomicLong thread = new AtomicLong();
    private final AtomicLong process = new AtomicLong();
    private final CpuShare share = new CpuShare(clock::get, thread::get, process::get, 4);

    @Test
    void aThreadThatFillsItsCoreIsBusyWhateverTheOthersDo() {
        assertThat(after(100, 81, 81)).isTrue();
        assertThat(after(100, 80, 80)).isFalse();
    }

    @Test
    void aProcessIsBusyWhenAllItsCoresAre() {
        assertThat(after(100, 10, 321)).isTrue();
        assertThat(after(100, 10, 320)).isFalse();
    }

    @Test
    void onlyWhatHappenedSinceTheLastLookCounts() {
        assertThat(after(100, 100, 100)).isTrue();
        assertThat(after(100, 0, 0)).isFalse();
        assertThat(after(100, 100, 100)).isTrue();
    }

    private boolean after(long wall, long threadTime, long processTime) {
        clock.addAndGet(wall);
        thread.addAndGet(threadTime);
        process.addAndGet(processTime);
        return share.isBusy();
    }
}
