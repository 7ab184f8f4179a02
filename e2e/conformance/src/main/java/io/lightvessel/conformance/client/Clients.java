package io.lightvessel.conformance.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Opens connections to what is under test. */
public final class Clients implements AutoCloseable {
    private final Trust trust;
    private final Duration patience;
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    /** With how long any answer is waited for. */
    public Clients(Trust trust, Duration patience) {
        this.trust = trust;
        this.patience = patience;
    }

    public HttpConnection http(Target target) throws IOException {
        return HttpConnection.open(target, trust, patience);
    }

    public GrpcConnection grpc(Target target) throws IOException {
        return GrpcConnection.open(target, trust, group, patience);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
