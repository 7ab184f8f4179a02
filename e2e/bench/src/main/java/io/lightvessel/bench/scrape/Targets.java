package io.lightvessel.bench.scrape;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Serves all targets from one port: each has a loopback address of its own. */
final class Targets implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final TargetPage[] pages;
    private final AtomicLong scrapes = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private Targets(HttpServer server, TargetPage[] pages) {
        this.server = server;
        this.pages = pages;
    }

    static Targets start(ScrapeOptions options) throws IOException {
        TargetPage[] pages = new TargetPage[options.targets()];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = new TargetPage(i, options.seriesPerTarget(), options.replacedPerScrape());
        }
        // The wildcard address, since loopback has sixteen million addresses and a socket for each is not needed.
        Targets targets = new Targets(HttpServer.create(new InetSocketAddress(0), 1024), pages);
        targets.server.createContext("/metrics", targets::answer);
        targets.server.setExecutor(targets.workers);
        targets.server.start();
        return targets;
    }

    /** Host and port of every target. */
    List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < pages.length; i++) {
            addresses.add("127.1." + i / 250 + "." + (i % 250 + 1) + ":"
                    + server.getAddress().getPort());
        }
        return addresses;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] address = exchange.getLocalAddress().getAddress().getAddress();
            int target = (address[2] & 0xFF) * 250 + (address[3] & 0xFF) - 1;
            if (address[1] != 1 || target >= pages.length) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] page = pages[target].next();
            scrapes.incrementAndGet();
            bytes.addAndGet(page.length);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            String accepts = exchange.getRequestHeaders().getFirst("Accept-Encoding");
            if (accepts != null && accepts.contains("gzip")) {
                ByteArrayOutputStream packed = new ByteArrayOutputStream(page.length / 8);
                try (GZIPOutputStream gzip = new Fast(packed)) {
                    gzip.write(page);
                }
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                exchange.sendResponseHeaders(200, packed.size());
                packed.writeTo(exchange.getResponseBody());
            } else {
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        }
    }

    long scrapes() {
        return scrapes.get();
    }

    /** Of all pages, unpacked. */
    long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    /** Quick rather than small, since the targets are not what is measured. */
    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream out) throws IOException {
            super(out, 32 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
