package io.lightvessel.pipeline;

/** Tags of the OTLP fields the engine itself looks at; all are length-delimited. */
public final class Otlp {

    /** {@code resource_spans}, {@code resource_metrics}, {@code resource_logs} or {@code resource_profiles}. */
    public static final int RESOURCE_GROUP = 1 << 3 | WireReader.LENGTH_DELIMITED;

    /** {@code resource} of such a group. */
    public static final int RESOURCE = 1 << 3 | WireReader.LENGTH_DELIMITED;

    /** {@code attributes} of a resource. */
    public static final int RESOURCE_ATTRIBUTES = 1 << 3 | WireReader.LENGTH_DELIMITED;

    /** {@code key} of an attribute. */
    public static final int ATTRIBUTE_KEY = 1 << 3 | WireReader.LENGTH_DELIMITED;

    /** {@code value} of an attribute. */
    public static final int ATTRIBUTE_VALUE = 2 << 3 | WireReader.LENGTH_DELIMITED;

    /** {@code string_value} of a value. */
    public static final int STRING_VALUE = 1 << 3 | WireReader.LENGTH_DELIMITED;

    private Otlp() {}
}
