package io.lightvessel.gateway.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lightvessel.gateway.exposition.ExpositionFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in front of an exporter and serves the very bytes of one answer, a path for each format, until two scrapers have
 * had all of them; only then it asks again. Each answer gets a further series, {@code snapshot_index}, and those
 * with an odd number {@link #SOMETIMES} too.
 */
public final class FrozenExporter implements AutoCloseable {
    public static final List<ExpositionFormat> FORMATS =
            List.of(ExpositionFormat.TEXT_0_0_4, ExpositionFormat.OPEN_METRICS_1_0_0, ExpositionFormat.PROTOBUF);

    /** The name of a family that comes and goes. */
    public static final String SOMETIMES = "sometimes_there";

    private static final int SCRAPERS = 2;
    private static final Pattern COUNTER = Pattern.compile("(?m)^# HELP (\\S+)_total (.*)\n# TYPE \\1_total counter\n");

    private record Page(String contentType, byte[] bytes) {}

    /** What the exporter said its answers were when it was asked for each format. */
    public final Map<ExpositionFormat, String> contentTypes = new ConcurrentHashMap<>();
    /** Formats and the header {@code Accept} of those who asked, and what went wrong. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private final Map<ExpositionFormat, Page> pages = new EnumMap<>(ExpositionFormat.class);
    private final Set<String> served = new HashSet<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private final URI exporter;
    private int index;

    public FrozenExporter(Exporter exporter) throws IOException, InterruptedException {
        this.exporter = URI.create("http://" + exporter.address() + "/metrics");
        freeze();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        for (ExpositionFormat format : FORMATS) {
            server.createContext(path(format), exchange -> serve(exchange, format));
        }
        server.start();
    }

    public static String path(ExpositionFormat format) {
        return "/" + format.protocol();
    }

    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private synchronized Page next(ExpositionFormat format, String scraper) throws IOException, InterruptedException {
        if (served.size() == FORMATS.size() * SCRAPERS) {
            freeze();
        }
        served.add(format + " " + scraper);
        return pages.get(format);
    }

    private void freeze() throws IOException, InterruptedException {
        index++;
        served.clear();
        for (ExpositionFormat format : FORMATS) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(exporter)
                            .header("Accept", format.mediaType())
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            String type = answer.headers().firstValue("Content-Type").orElse("");
            contentTypes.put(format, type);
            byte[] body = answer.body();
            if (format == ExpositionFormat.OPEN_METRICS_1_0_0 && type.startsWith("text/plain")) {
                type = "application/openmetrics-text; version=1.0.0; charset=utf-8";
                body = openMetrics(new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
            }
            pages.put(format, new Page(type, indexed(type, body)));
        }
    }

    /** Debian's exporters do not speak it; what they say is written in it. */
    private static String openMetrics(String text) {
        return COUNTER.matcher(text)
                        // A gauge may have the name that the counter would get, and a family has one type.
                        .replaceAll(family -> text.contains("# TYPE " + family.group(1) + " ")
                                ? Matcher.quoteReplacement(family.group())
                                : Matcher.quoteReplacement("# HELP " + family.group(1) + " " + family.group(2)
                                        + "\n# TYPE " + family.group(1) + " counter\n"))
                        .replaceAll("(?m)^(# TYPE \\S+) untyped$", "$1 unknown")
                + "# EOF\n";
    }

    private byte[] indexed(String type, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (type.startsWith("application/vnd.google.protobuf")) {
            out.write(body);
            out.write(family("snapshot_index", index));
            if (hasSometimes(index)) {
                out.write(family(SOMETIMES, 1));
            }
            return out.toByteArray();
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String end = type.startsWith("application/openmetrics-text") ? "# EOF\n" : "";
        out.write((text.substring(0, text.length() - end.length()) + "# TYPE snapshot_index gauge\nsnapshot_index "
                        + index + "\n"
                        + (hasSometimes(index) ? "# TYPE " + SOMETIMES + " gauge\n" + SOMETIMES + " 1\n" : "") + end)
                .getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    public static boolean hasSometimes(long index) {
        return index % 2 == 1;
    }

    /** One {@code io.prometheus.client.MetricFamily} behind its length. */
    private static byte[] family(String text, double value) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer family = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        int length = 2 + name.length + 2 + 2 + 11;
        family.put((byte) length);
        family.put((byte) (1 << 3 | 2)).put((byte) name.length).put(name);
        family.put((byte) (3 << 3)).put((byte) 1);
        family.put((byte) (4 << 3 | 2)).put((byte) 11);
        family.put((byte) (2 << 3 | 2)).put((byte) 9).put((byte) (1 << 3 | 1)).putDouble(value);
        byte[] bytes = new byte[family.flip().remaining()];
        family.get(bytes);
        return bytes;
    }

    private void serve(HttpExchange exchange, ExpositionFormat format) throws IOException {
        try (exchange) {
            String scraper = exchange.getRequestHeaders().getFirst("User-Agent");
            asked.add(
                    format + " " + scraper + " " + exchange.getRequestHeaders().getFirst("Accept"));
            Page page = next(format, String.valueOf(scraper));
            exchange.getResponseHeaders().set("Content-Type", page.contentType());
            exchange.sendResponseHeaders(200, page.bytes().length);
            exchange.getResponseBody().write(page.bytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
