package io.lightvessel.agent.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DrainSocketTest {

    @TempDir
    Path state;

    @Test
    void theAnswerComesWhenAllIsHandedOver() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch handedOver = new CountDownLatch(1);
        try (DrainSocket socket = DrainSocket.open(state, () -> {
            asked.countDown();
            awaitNow(handedOver);
        })) {
            assertThat(socket).isNotNull();
            CompletableFuture<Void> answered = CompletableFuture.runAsync(this::send);
            asked.await();
            assertThat(answered).isNotDone();

            handedOver.countDown();

            answered.join();
        }
        assertThat(state.resolve(DrainSocket.FILE)).doesNotExist();
    }

    @Test
    void whoAsksAgainIsAnsweredToo() throws Exception {
        AtomicInteger drains = new AtomicInteger();
        try (DrainSocket socket = DrainSocket.open(state, drains::incrementAndGet)) {
            assertThat(socket).isNotNull();
            send();
            send();
        }
        assertThat(drains).hasValue(2);
    }

    @Test
    void anAgentThatEndsInsteadIsAFailure() throws Exception {
        Path file = state.resolve(DrainSocket.FILE);
        try (ServerSocketChannel agent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            agent.bind(UnixDomainSocketAddress.of(file));
            CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> {
                try {
                    agent.accept().close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });

            assertThatThrownBy(() -> DrainRequest.send(state, Duration.ZERO))
                    .hasMessage("the agent of " + state + " ended before it had handed over");
            gone.join();
        }
    }

    @Test
    void whereNoAgentRunsThatIsSaid() {
        assertThatThrownBy(() -> DrainRequest.send(state, Duration.ZERO))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no agent answers at " + state.resolve("drain.sock") + ": ")
                .hasMessageEndingWith(" (expected: one that runs with this --state directory)");
    }

    @Test
    void theSocketOfAKilledAgentIsReplacedAndTheOwnersAlone() throws Exception {
        Path file = state.resolve(DrainSocket.FILE);
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(file));
        }
        assertThat(file).exists();
        try (DrainSocket socket = DrainSocket.open(state, () -> {})) {
            assertThat(socket).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            send();
        }
    }

    private void send() {
        try {
            DrainRequest.send(state, Duration.ZERO);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitNow(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
