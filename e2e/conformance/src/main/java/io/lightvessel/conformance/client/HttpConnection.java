package io.lightvessel.conformance.client;

import io.lightvessel.conformance.client.HttpRequest.Framing;
import io.lightvessel.conformance.client.HttpRequest.Header;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** One connection that speaks HTTP/1.1, or what a case makes of it. */
public final class HttpConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int LONGEST_LINE = 64 * 1024;
    /** The specification has clients limit answers to 4 MiB. */
    private static final int LONGEST_BODY = 4 << 20;

    private final Target target;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private HttpConnection(Target target, Socket socket) throws IOException {
        this.target = target;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    }

    static HttpConnection open(Target target, Trust trust, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) patience.toMillis());
            if (target.tls()) {
                socket = secured(socket, target, trust);
            }
            return new HttpConnection(target, socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secured(Socket plain, Target target, Trust trust) throws IOException {
        SSLSocket socket =
                (SSLSocket) trust.context().getSocketFactory().createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Sends and waits; reads while it sends, since a refusal may come before the body is over. */
    public HttpAnswer exchange(HttpRequest request) {
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                write(request);
            } catch (IOException e) {
                // The server did not want the rest; its answer says why, or that there is none.
            }
        });
        try {
            HttpAnswer answer = answer(request.method());
            // The next request may only follow a whole one.
            if (!writer.join(Duration.ofSeconds(2))) {
                socket.close();
            }
            return answer;
        } catch (IOException e) {
            return HttpAnswer.none(e instanceof EOFException ? "the connection was closed" : String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return HttpAnswer.none("interrupted");
        }
    }

    private void write(HttpRequest request) throws IOException {
        StringBuilder head = new StringBuilder(request.method() + " " + target.prefix() + request.path()
                + " HTTP/1.1\r\nhost: " + target.authority() + "\r\n");
        for (Header header : request.headers()) {
            head.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        switch (request.framing()) {
            case LENGTH ->
                head.append("content-length: ").append(request.body().length()).append("\r\n");
            case CHUNKED -> head.append("transfer-encoding: chunked\r\n");
            case AS_GIVEN -> {}
        }
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (request.framing() == Framing.CHUNKED) {
            for (byte[] piece : request.body().pieces()) {
                if (piece.length > 0) {
                    out.write((Integer.toHexString(piece.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    out.write(piece);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } else {
            request.body().writeTo(out);
        }
        out.flush();
        if (request.framing() == Framing.AS_GIVEN) {
            socket.shutdownOutput();
        }
    }

    private HttpAnswer answer(String method) throws IOException {
        while (true) {
            String line = line();
            String[] parts = line.split(" ", 3);
            if (!line.startsWith("HTTP/1.") || parts.length < 2 || !parts[1].matches("[1-9][0-9]{2}")) {
                throw new IOException("not HTTP/1.1: " + Text.shortened(line, 60));
            }
            int status = Integer.parseInt(parts[1]);
            Map<String, String> headers = headers();
            if (status >= 200) {
                boolean bodiless = status == 204 || status == 304 || method.equals("HEAD");
                return new HttpAnswer(status, headers, bodiless ? new byte[0] : body(headers), "");
            }
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() > 200) {
                throw new IOException("not a header: " + Text.shortened(line, 60));
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).trim(),
                    (one, other) -> one + ", " + other);
        }
        return Map.copyOf(headers);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = number(line(), 16); size > 0; size = number(line(), 16)) {
                body.write(exactly(size));
                line();
                if (body.size() > LONGEST_BODY) {
                    throw new IOException("the answer is longer than " + LONGEST_BODY + " bytes");
                }
            }
            headers();
            return body.toByteArray();
        }
        String length = headers.get("content-length");
        return length == null ? in.readNBytes(LONGEST_BODY) : exactly(number(length, 10));
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int end = text.indexOf(';');
            int number = Integer.parseInt((end < 0 ? text : text.substring(0, end)).trim(), radix);
            if (number >= 0 && number <= LONGEST_BODY) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IOException(
                "length of the answer: " + Text.shortened(text, 40) + " (expected: 0.." + LONGEST_BODY + ")");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (line.length() > LONGEST_LINE) {
                throw new IOException("a line of the answer is longer than " + LONGEST_LINE + " bytes");
            }
            line.append((char) c);
        }
        int length = line.length();
        return length > 0 && line.charAt(length - 1) == '\r' ? line.substring(0, length - 1) : line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more was wanted of it.
        }
    }
}
