package io.lightvessel.gateway.pyroscope;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.pprof.format.TestProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * What Pyroscope's distributor does with a push: the Connect protocol's rules, its rules for labels, and every profile
 * read down to its strings. Keeps what it took, and fails as it is told.
 */
public final class PyroscopeServer implements AutoCloseable {
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** One profile that was taken. */
    public record Taken(Map<String, String> labels, TestProfile profile, byte[] raw, Map<String, String> headers) {}

    private record Failure(int status, String contentType, String body, Map<String, String> headers) {}

    private static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(String message) {
            super(message);
        }
    }

    private final HttpServer server;
    private final ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
    public final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    /** Everything said about requests that were not as they have to be. */
    public final List<String> complaints = new CopyOnWriteArrayList<>();

    public PyroscopeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request is answered with an error of the Connect protocol. */
    public void failOnce(int status, String code, String message, Map<String, String> headers) {
        failures.add(new Failure(
                status,
                "application/json",
                "{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"details\":[{\"type\":\"x\"}]}",
                headers));
    }

    /** The next request is answered by something that is no Connect server. */
    public void failPlainly(int status, String body) {
        failures.add(new Failure(status, "text/plain", body, Map.of()));
    }

    public Taken next() throws InterruptedException {
        Taken next = taken.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no profile arrived; complaints: " + complaints);
        }
        return next;
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Failure failure = failures.poll();
        if (failure != null) {
            failure.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            answer(exchange, failure.status(), failure.contentType(), failure.body());
            return;
        }
        try {
            for (Taken one : accept(exchange, body)) {
                taken.add(one);
            }
            answer(exchange, 200, "application/proto", "");
        } catch (Invalid e) {
            complaints.add(String.valueOf(e.getMessage()));
            answer(
                    exchange,
                    400,
                    "application/json",
                    "{\"code\":\"invalid_argument\",\"message\":\"" + e.getMessage() + "\"}");
        } catch (IOException | RuntimeException e) {
            complaints.add(e.toString());
            answer(exchange, 400, "application/json", "{\"code\":\"invalid_argument\",\"message\":\"malformed\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static List<Taken> accept(HttpExchange exchange, byte[] given) throws IOException, Invalid {
        require(exchange.getRequestMethod().equals("POST"), "method " + exchange.getRequestMethod());
        require(
                exchange.getRequestURI().getPath().equals("/push.v1.PusherService/Push"),
                "path " + exchange.getRequestURI());
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        require("application/proto".equals(headers.get("Content-Type")), "content type " + headers.get("Content-Type"));
        require("1".equals(headers.get("Connect-Protocol-Version")), "no Connect-Protocol-Version");
        byte[] body = given;
        String encoding = headers.get("Content-Encoding");
        if (encoding != null) {
            require(encoding.equals("gzip"), "content encoding " + encoding);
            body = TestProfile.gunzip(given);
        }
        List<Taken> all = new ArrayList<>();
        CodedInputStream request = CodedInputStream.newInstance(body);
        for (int tag = request.readTag(); tag != 0; tag = request.readTag()) {
            require(tag == 10, "field " + tag);
            series(CodedInputStream.newInstance(request.readByteArray()), headers, all);
        }
        require(!all.isEmpty(), "no profiles");
        return all;
    }

    private static void series(CodedInputStream series, Map<String, String> headers, List<Taken> all)
            throws IOException, Invalid {
        Map<String, String> labels = new TreeMap<>();
        List<byte[]> profiles = new ArrayList<>();
        String last = "";
        for (int tag = series.readTag(); tag != 0; tag = series.readTag()) {
            byte[] message = series.readByteArray();
            if (tag == 10) {
                Map<Integer, byte[]> pair = fields(message);
                String name = text(pair, 1);
                String value = text(pair, 2);
                require(LABEL_NAME.matcher(name).matches(), "label name '" + name + "'");
                require(!value.isEmpty(), "label " + name + " without a value");
                require(name.compareTo(last) > 0, "label " + name + " after " + last);
                last = name;
                labels.put(name, value);
            } else if (tag == 18) {
                Map<Integer, byte[]> sample = fields(message);
                require(sample.containsKey(1), "a sample without a profile");
                UUID.fromString(text(sample, 2));
                profiles.add(sample.get(1));
            } else {
                throw new Invalid("field " + tag + " in a series");
            }
        }
        require(labels.containsKey("__name__"), "no __name__");
        require(labels.containsKey("service_name"), "no service_name");
        for (byte[] raw : profiles) {
            TestProfile profile = TestProfile.read(raw);
            require(!profile.types.isEmpty(), "no sample types");
            all.add(new Taken(labels, profile, raw, headers));
        }
    }

    private static Map<Integer, byte[]> fields(byte[] message) throws IOException {
        Map<Integer, byte[]> fields = new TreeMap<>();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if ((tag & 7) != 2) {
                throw new InvalidProtocolBufferException("wire type " + (tag & 7));
            }
            fields.put(tag >>> 3, in.readByteArray());
        }
        return fields;
    }

    private static String text(Map<Integer, byte[]> fields, int field) {
        return new String(fields.getOrDefault(field, new byte[0]), StandardCharsets.UTF_8);
    }

    private static void require(boolean condition, String complaint) throws Invalid {
        if (!condition) {
            throw new Invalid(complaint);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
