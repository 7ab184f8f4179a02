package io.lightvessel.conformance.client;

import java.util.ArrayList;
import java.util.List;

/**
 * An HTTP request as it is to be written, legal or not.
 *
 * @param headers names and values in their order; host and framing are added
 * @param note what is special about it; empty when nothing is
 */
public record HttpRequest(
        String method, String path, List<Header> headers, Content body, Framing framing, String note) {
    public static final String PROTOBUF = "application/x-protobuf";
    public static final String JSON = "application/json";

    /** One header line. */
    public record Header(String name, String value) {}

    /** How the body's end is told. */
    public enum Framing {
        LENGTH,
        CHUNKED,
        /** By nothing but what the headers say; the sending direction ends with the body. */
        AS_GIVEN
    }

    public static HttpRequest post(String path, String contentType, byte[] body) {
        return new HttpRequest(
                "POST", path, List.of(new Header("content-type", contentType)), Content.of(body), Framing.LENGTH, "");
    }

    public HttpRequest with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpRequest(method, path, List.copyOf(more), body, framing, note);
    }

    public HttpRequest without(String name) {
        List<Header> rest =
                headers.stream().filter(header -> !header.name().equals(name)).toList();
        return new HttpRequest(method, path, rest, body, framing, note);
    }

    public HttpRequest withMethod(String other) {
        return new HttpRequest(other, path, headers, body, framing, note);
    }

    public HttpRequest withBody(Content other) {
        return new HttpRequest(method, path, headers, other, framing, note);
    }

    public HttpRequest framed(Framing other) {
        return new HttpRequest(method, path, headers, body, other, note);
    }

    public HttpRequest noted(String what) {
        return new HttpRequest(method, path, headers, body, framing, what);
    }

    /** The request on one line. */
    public String describe() {
        StringBuilder line = new StringBuilder(method).append(' ').append(path);
        for (Header header : headers) {
            line.append(", ").append(header.name()).append(": ").append(header.value());
        }
        line.append(", ").append(body.length()).append(" bytes");
        if (framing == Framing.CHUNKED) {
            line.append(" in chunks");
        }
        return note.isEmpty()
                ? line.toString()
                : line.append(" (").append(note).append(')').toString();
    }
}
