package io.lightvessel.gateway.net;

import io.lightvessel.gateway.net.http.ResponseReader;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects a response up to a limit and hands it over in one piece. */
final class WholeResponse implements ResponseReader {
    private static final int LARGEST = 4 << 20;

    private final Consumer<HttpAnswer> answered;
    private final Consumer<String> failed;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private int status;

    WholeResponse(Consumer<HttpAnswer> answered, Consumer<String> failed) {
        this.answered = answered;
        this.failed = failed;
    }

    @Override
    public void head(int code, HttpHeaders received) {
        status = code;
        received.forEach(header -> headers.computeIfAbsent(header.getKey(), _ -> new ArrayList<>(1))
                .add(header.getValue()));
    }

    @Override
    public @Nullable String content(ByteBuf piece) {
        if (body.size() + piece.readableBytes() > LARGEST) {
            return "the response is larger than " + LARGEST + " bytes";
        }
        byte[] bytes = new byte[piece.readableBytes()];
        piece.getBytes(piece.readerIndex(), bytes);
        body.writeBytes(bytes);
        return null;
    }

    @Override
    public void end() {
        answered.accept(
                new HttpAnswer(status, java.net.http.HttpHeaders.of(headers, (_, _) -> true), body.toByteArray()));
    }

    @Override
    public void failed(String why) {
        failed.accept(why);
    }
}
