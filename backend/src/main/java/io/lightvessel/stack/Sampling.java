package io.lightvessel.stack;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Which traces are kept: decided by the SDKs when they begin, by the gateway as they pass, or once they are whole. */
public record Sampling(
        @Doc("Percent of traces that instrumented programs begin to record.")
        @Min(value = 0, message = Expected.PERCENT_EXPECTED)
        @Max(value = 100, message = Expected.PERCENT_EXPECTED)
        double headPercent,

        @Doc("Percent of traces that the gateway passes on, decided by trace id alone.")
        @Min(value = 0, message = Expected.PERCENT_EXPECTED)
        @Max(value = 100, message = Expected.PERCENT_EXPECTED)
        double gatewayPercent,

        @Doc("Decisions on whole traces.") @NotNull(message = Expected.OBJECT) @Valid
        Tail tail) {

    static Sampling all() {
        return new Sampling(100, 100, new Tail(false, "10s", 50_000, List.of()));
    }

    public Sampling withHeadPercent(double changed) {
        return new Sampling(changed, gatewayPercent, tail);
    }

    public Sampling withGatewayPercent(double changed) {
        return new Sampling(headPercent, changed, tail);
    }

    public Sampling withTail(Tail changed) {
        return new Sampling(headPercent, gatewayPercent, changed);
    }

    /** A trace is kept when one of the policies wants it. */
    public record Tail(
            @Doc("Whether whole traces are decided on; replicas must then get all spans of a trace.")
            boolean enabled,

            @Doc("How long a trace is waited for.") @TimeSpan
            String decisionWait,

            @Doc("Traces held at once.")
            @Min(value = 100, message = "expected: 100..10000000")
            @Max(value = 10_000_000, message = "expected: 100..10000000")
            int maxTraces,

            @Doc("What is kept.")
            @NotNull(message = Expected.LIST)
            @Size(max = 32, message = "expected: at most 32 policies")
            List<@NotNull(message = Expected.OBJECT) @Valid TailPolicy> policies) {
        public Tail {
            policies = Expected.list(policies);
        }
    }

    /** A reason to keep a trace. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = TailPolicy.Errors.class, name = "ERRORS"),
        @JsonSubTypes.Type(value = TailPolicy.Slow.class, name = "SLOW"),
        @JsonSubTypes.Type(value = TailPolicy.Share.class, name = "SHARE"),
        @JsonSubTypes.Type(value = TailPolicy.Attribute.class, name = "ATTRIBUTE"),
        @JsonSubTypes.Type(value = TailPolicy.Rate.class, name = "RATE")
    })
    public sealed interface TailPolicy {
        String NAME_EXPECTED = "expected: a name of 1 to 60 letters, digits and - _";

        String name();

        /** Traces with a failed span. */
        record Errors(
                @Doc("The policy's name.")
                @NotNull(message = NAME_EXPECTED)
                @Pattern(regexp = "[A-Za-z0-9_-]{1,60}", message = NAME_EXPECTED)
                String name)
                implements TailPolicy {}

        /** Traces that took long. */
        record Slow(
                @Doc("The policy's name.")
                @NotNull(message = NAME_EXPECTED)
                @Pattern(regexp = "[A-Za-z0-9_-]{1,60}", message = NAME_EXPECTED)
                String name,

                @Doc("Milliseconds from which a trace is kept.")
                @Min(value = 1, message = "expected: 1..3600000")
                @Max(value = 3_600_000, message = "expected: 1..3600000")
                int thresholdMillis)
                implements TailPolicy {}

        /** A share of all traces. */
        record Share(
                @Doc("The policy's name.")
                @NotNull(message = NAME_EXPECTED)
                @Pattern(regexp = "[A-Za-z0-9_-]{1,60}", message = NAME_EXPECTED)
                String name,

                @Doc("Percent of traces that are kept.")
                @Min(value = 0, message = Expected.PERCENT_EXPECTED)
                @Max(value = 100, message = Expected.PERCENT_EXPECTED)
                double percent)
                implements TailPolicy {}

        /** Traces in which an attribute has one of some values. */
        record Attribute(
                @Doc("The policy's name.")
                @NotNull(message = NAME_EXPECTED)
                @Pattern(regexp = "[A-Za-z0-9_-]{1,60}", message = NAME_EXPECTED)
                String name,

                @Doc("The attribute.")
                @NotNull(message = Expected.ATTRIBUTE_KEY_EXPECTED)
                @Pattern(regexp = "\\S{1,128}", message = Expected.ATTRIBUTE_KEY_EXPECTED)
                String key,

                @Doc("The values, as texts.")
                @NotEmpty(message = "expected: 1 to 64 values")
                @Size(max = 64, message = "expected: 1 to 64 values")
                List<@NotNull(message = Expected.TEXT) String> values)
                implements TailPolicy {
            public Attribute {
                values = Expected.list(values);
            }
        }

        /** As many traces as fit into a rate of spans. */
        record Rate(
                @Doc("The policy's name.")
                @NotNull(message = NAME_EXPECTED)
                @Pattern(regexp = "[A-Za-z0-9_-]{1,60}", message = NAME_EXPECTED)
                String name,

                @Doc("Spans per second.")
                @Min(value = 1, message = "expected: 1..10000000")
                @Max(value = 10_000_000, message = "expected: 1..10000000")
                int spansPerSecond)
                implements TailPolicy {}
    }
}
