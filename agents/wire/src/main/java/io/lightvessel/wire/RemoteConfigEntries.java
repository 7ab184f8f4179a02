package io.lightvessel.wire;

/** Names and content types of the entries in a remote config's map. */
public final class RemoteConfigEntries {
    /** The pipeline config itself. */
    public static final String YAML = "";

    public static final String YAML_CONTENT_TYPE = "text/yaml";

    /** The {@link SignedConfig} that covers the pipeline config; sent to Lightvessel's own agents only. */
    public static final String SIGNATURE = "lightvessel.signature";

    public static final String SIGNATURE_CONTENT_TYPE = "application/json";

    private RemoteConfigEntries() {}
}
