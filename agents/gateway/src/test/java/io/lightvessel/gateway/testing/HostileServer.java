package io.lightvessel.gateway.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers each path with whatever bytes the test writes, which need not be HTTP. */
public final class HostileServer implements AutoCloseable {
    /** Writes all of an answer; the connection is closed behind it. */
    public interface Answer {
        void write(OutputStream out) throws IOException;
    }

    private static final int LARGEST_REQUEST = 64 * 1024;

    /** What is answered on each path; anything else gets a page that is fine. */
    public final Map<String, Answer> answers = new ConcurrentHashMap<>();
    /** Heads of all requests. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** How answers ended that the scraper did not wait for. */
    public final List<String> brokenOff = new CopyOnWriteArrayList<>();

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private volatile boolean closed;

    public HostileServer() throws IOException {
        Thread.ofPlatform().daemon().name("hostile-server").start(this::accept);
    }

    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    public static Answer page(String contentType, byte[] body) {
        return out -> {
            out.write(head("Content-Type: " + contentType, "Content-Length: " + body.length));
            out.write(body);
        };
    }

    public static Answer page(String body) {
        return page("text/plain; version=0.0.4", body.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] head(String... headers) {
        return ("HTTP/1.1 200 OK\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Not over before the other side has closed the connection. */
    public static void hold(OutputStream out, byte[] piece) throws IOException {
        while (true) {
            out.write(piece);
            out.flush();
            if (piece.length < 100) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> serve(socket));
            } catch (IOException e) {
                if (!closed) {
                    requests.add("not accepted: " + e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String head = readHead(socket.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            requests.add(head);
            answers.getOrDefault(head.split(" ", 3)[1], page("fine 1\n")).write(socket.getOutputStream());
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The scraper has had enough, which is what most of the answers are for.
            brokenOff.add(e.toString());
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0 && head.length() < LARGEST_REQUEST) {
            int octet = in.read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
    }
}
