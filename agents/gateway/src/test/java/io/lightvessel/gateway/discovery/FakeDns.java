package io.lightvessel.gateway.discovery;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name server that knows what the test tells it, over UDP. */
final class FakeDns implements AutoCloseable {

    private static final int NO_ERROR = 0;
    private static final int FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;

    /** Type numbers of RFC 1035, 2782 and 3596. */
    private static final Map<Integer, DiscoveryConfig.Dns.Type> TYPES = Map.of(
            1, DiscoveryConfig.Dns.Type.A,
            2, DiscoveryConfig.Dns.Type.NS,
            15, DiscoveryConfig.Dns.Type.MX,
            28, DiscoveryConfig.Dns.Type.AAAA,
            33, DiscoveryConfig.Dns.Type.SRV);

    private final DatagramSocket socket;
    private final Map<String, List<byte[]>> records = new ConcurrentHashMap<>();
    volatile boolean broken;

    FakeDns() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** @param data what the records hold, in the wire's format */
    void put(String name, DiscoveryConfig.Dns.Type type, List<byte[]> data) {
        records.put(type + " " + name, data);
    }

    static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] srv(int port, String target) {
        return data(out -> {
            out.writeShort(10);
            out.writeShort(60);
            out.writeShort(port);
            name(out, target);
        });
    }

    static byte[] mx(String target) {
        return data(out -> {
            out.writeShort(5);
            name(out, target);
        });
    }

    static byte[] ns(String target) {
        return data(out -> name(out, target));
    }

    private interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] data(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            content.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void name(DataOutputStream out, String name) throws IOException {
        for (String label : name.split("\\.")) {
            out.writeByte(label.length());
            out.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeByte(0);
    }

    private void serve() {
        byte[] buffer = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                byte[] answer = answer(buffer);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private byte[] answer(byte[] query) {
        StringBuilder name = new StringBuilder();
        int at = 12;
        for (int length = query[at++]; length > 0; length = query[at++]) {
            name.append(name.isEmpty() ? "" : ".").append(new String(query, at, length, StandardCharsets.US_ASCII));
            at += length;
        }
        int type = (query[at] & 0xff) << 8 | query[at + 1] & 0xff;
        int questionEnd = at + 4;
        List<byte[]> found = records.get(TYPES.get(type) + " " + name);
        int code = broken ? FAILURE : found == null ? NO_SUCH_NAME : NO_ERROR;
        List<byte[]> sent = code == NO_ERROR ? found : List.of();
        return data(out -> {
            out.write(query, 0, 2);
            // An authoritative answer, and recursion is available.
            out.writeShort(0x8580 | code);
            out.writeShort(1);
            out.writeShort(sent.size());
            out.writeInt(0);
            out.write(query, 12, questionEnd - 12);
            for (byte[] data : sent) {
                // The question's name, its type and class, and an hour to live.
                out.writeShort(0xc00c);
                out.writeShort(type);
                out.writeShort(1);
                out.writeInt(3600);
                out.writeShort(data.length);
                out.write(data);
            }
        });
    }

    @Override
    public void close() {
        socket.close();
    }
}
