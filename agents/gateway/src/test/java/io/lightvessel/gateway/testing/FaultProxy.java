package io.lightvessel.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy in front of a backend that breaks connections in the way a test asks for, and mends them again. */
public final class FaultProxy implements AutoCloseable {
    private final int target;
    private final int port;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = new Fault.None();
    private volatile ServerSocket server;
    private volatile boolean closed;

    public FaultProxy(int target) throws IOException {
        this.target = target;
        this.server = listen(0);
        this.port = server.getLocalPort();
    }

    private ServerSocket listen(int onPort) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
        Thread.ofVirtual().start(() -> accept(socket));
        return socket;
    }

    public int port() {
        return port;
    }

    /** Connections that are open are affected like new ones. */
    public void set(Fault next) throws IOException {
        Fault before = fault;
        fault = next;
        if (next instanceof Fault.Down) {
            server.close();
            links.forEach(Link::close);
        } else if (before instanceof Fault.Down) {
            server = listen(port);
        }
    }

    private void accept(ServerSocket socket) {
        while (!closed && !socket.isClosed()) {
            try {
                accept(socket.accept());
            } catch (IOException e) {
                // Closed; or else the next client has better luck.
                continue;
            }
        }
    }

    private void accept(Socket client) throws IOException {
        boolean linked = false;
        try {
            Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
            links.add(link);
            link.start();
            linked = true;
        } finally {
            if (!linked) {
                client.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        links.forEach(Link::close);
    }

    /** One connection and its other half. */
    private final class Link {
        private final Socket client;
        private final Socket backend;
        private final AtomicInteger passed = new AtomicInteger();
        private volatile boolean dead;

        Link(Socket client, Socket backend) throws IOException {
            this.client = client;
            this.backend = backend;
            client.setTcpNoDelay(true);
            backend.setTcpNoDelay(true);
        }

        void start() {
            Thread.ofVirtual().start(() -> pump(client, backend));
            Thread.ofVirtual().start(() -> pump(backend, client));
        }

        private void pump(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    pass(buffer, n, out);
                }
            } catch (IOException e) {
                // One side is gone, so the other goes too.
                passed.set(0);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                if (!dead) {
                    close();
                }
            }
        }

        private void pass(byte[] bytes, int count, OutputStream out) throws IOException, InterruptedException {
            while (fault instanceof Fault.Hang && !closed) {
                Thread.sleep(5);
            }
            if (dead) {
                return;
            }
            switch (fault) {
                case Fault.None(), Fault.Hang() -> out.write(bytes, 0, count);
                case Fault.Delay(var by) -> {
                    Thread.sleep(by);
                    out.write(bytes, 0, count);
                }
                case Fault.Drip(int rate) -> {
                    for (int i = 0; i < count; i++) {
                        out.write(bytes, i, 1);
                        if (i % rate == 0) {
                            Thread.sleep(1);
                        }
                    }
                }
                case Fault.CutAfter(int limit) -> {
                    int before = passed.getAndAdd(count);
                    out.write(bytes, 0, Math.clamp(limit - before, 0, count));
                    if (before + count > limit) {
                        close();
                    }
                }
                case Fault.Reset(), Fault.Down() -> reset();
                case Fault.Blackhole() -> dead = true;
                case Fault.Garbage() -> {
                    byte[] garbage = new byte[512];
                    new Random(count).nextBytes(garbage);
                    client.getOutputStream().write(garbage);
                }
            }
        }

        private void reset() throws IOException {
            client.setSoLinger(true, 0);
            backend.setSoLinger(true, 0);
            close();
        }

        private void close() {
            links.remove(this);
            for (Socket socket : new Socket[] {client, backend}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
