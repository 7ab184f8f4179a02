package io.lightvessel.stack;

import io.lightvessel.wire.Digests;
import java.nio.charset.StandardCharsets;

/** A file made from a stack. */
public record RenderedFile(String name, String mediaType, String text, String sha256) {

    public static final String YAML = "application/yaml";

    public static RenderedFile yaml(String name, String text) {
        return new RenderedFile(name, YAML, text, Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8)));
    }
}
