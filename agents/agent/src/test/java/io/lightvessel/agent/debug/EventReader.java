package io.lightvessel.agent.debug;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;

/** Reads server-sent events, each as its name and its data. */
final class EventReader implements AutoCloseable {
    private final BufferedReader lines;

    EventReader(InputStream stream) {
        lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
    }

    String next() throws IOException {
        String event = lines.readLine();
        String data = lines.readLine();
        lines.readLine();
        return event.substring("event: ".length()) + " " + data.substring("data: ".length());
    }

    String next(String event) throws IOException {
        String block = next();
        while (!block.startsWith(event + " ")) {
            block = next();
        }
        return block;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
