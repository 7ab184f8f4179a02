package io.lightvessel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreflightIT {

    @Test
    void aTakenPortIsNamedWithItsPartAndHolder() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ports.Use use = new Ports.Use(taken.getLocalPort(), "gateway-1", "OTLP/gRPC");

            assertThatThrownBy(() -> Preflight.requireFree(List.of(use)))
                    .isInstanceOf(Failure.class)
                    .hasMessageStartingWith(
                            "Port " + taken.getLocalPort() + " (gateway-1, OTLP/gRPC) is taken by process "
                                    + ProcessHandle.current().pid() + " (")
                    .hasMessageEndingWith("Stop what listens there, or choose other ports: --offset N.");
        }
    }

    @Test
    void aPortTakenOnAllAddressesIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(Preflight.free(taken.getLocalPort())).isFalse();
        }
    }

    @Test
    void aFreePortPasses() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertThatCode(() -> Preflight.requireFree(List.of(new Ports.Use(port, "sink", "HTTP"))))
                .doesNotThrowAnyException();
    }

    @Test
    void aFullDiskIsNamedWithNeededAndFoundSpace() {
        assertThatThrownBy(() -> Preflight.requireSpace(Path.of("/data"), 512L << 20, 3L << 20))
                .hasMessage("The disk of /data is full: 3 MiB free (expected: at least 512 MiB). "
                        + "Free some space or choose another directory with --data DIR.");
    }
}
