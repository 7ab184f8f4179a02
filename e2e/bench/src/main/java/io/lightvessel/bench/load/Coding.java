package io.lightvessel.bench.load;

/** How bodies are packed on both sides of the agent. */
public enum Coding {
    NONE,
    GZIP,
    ZSTD;

    /** As on the command line, in headers and in the Collector's {@code compression} key. */
    public String label() {
        return switch (this) {
            case NONE -> "none";
            case GZIP -> "gzip";
            case ZSTD -> "zstd";
        };
    }
}
