package io.lightvessel.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The addresses the agent is told to listen on; free a moment before. */
record Ports(int grpc, int http, int health, int metrics) {

    static Ports free() {
        try (ServerSocket grpc = open();
                ServerSocket http = open();
                ServerSocket health = open();
                ServerSocket metrics = open()) {
            return new Ports(grpc.getLocalPort(), http.getLocalPort(), health.getLocalPort(), metrics.getLocalPort());
        } catch (IOException e) {
            throw new Failure("no free port: " + e.getMessage(), e);
        }
    }

    private static ServerSocket open() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
