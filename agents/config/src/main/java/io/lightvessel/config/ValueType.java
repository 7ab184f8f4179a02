package io.lightvessel.config;

import io.lightvessel.config.ottl.OttlContext;
import java.time.Duration;
import java.util.List;

/** The types a key's value can have, with their ranges. */
public sealed interface ValueType {

    /** How a finding names the expected value, for example {@code a duration of 1ms or more, such as 200ms}. */
    String expectation();

    /** Free text. */
    record Text() implements ValueType {
        @Override
        public String expectation() {
            return "text";
        }
    }

    /** Host and port, as in {@code 0.0.0.0:4317} or {@code [::1]:4317}; port 0 picks a free one. */
    record HostAndPort() implements ValueType {
        @Override
        public String expectation() {
            return "host:port, such as 0.0.0.0:4317";
        }
    }

    /** An absolute http or https URL. */
    record Url() implements ValueType {
        @Override
        public String expectation() {
            return "an http:// or https:// URL without user info";
        }
    }

    /** Where a gRPC exporter sends: host and port, or a URL whose scheme decides about TLS. */
    record GrpcTarget() implements ValueType {
        @Override
        public String expectation() {
            return "host:port or an http:// or https:// URL with a port";
        }
    }

    /** A whole number. */
    record Whole(long min, long max) implements ValueType {
        @Override
        public String expectation() {
            return max == Long.MAX_VALUE
                    ? "a whole number of " + min + " or more"
                    : "a whole number " + min + ".." + max;
        }
    }

    /** A number that may have decimals. */
    record Decimal(double min, double max) implements ValueType {
        @Override
        public String expectation() {
            return max == Double.MAX_VALUE ? "a number of " + min + " or more" : "a number " + min + ".." + max;
        }
    }

    /** True or false. */
    record Flag() implements ValueType {
        @Override
        public String expectation() {
            return "true or false";
        }
    }

    /** A duration in Go's notation, as in {@code 1m30s}. */
    record Span(Duration min) implements ValueType {
        @Override
        public String expectation() {
            return "a duration of " + GoDuration.format(min) + " or more, such as 200ms, 5s or 1m30s";
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements ValueType {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String expectation() {
            return "one of " + String.join(", ", words);
        }
    }

    /** The id of an extension that is switched on and can do what the component needs. */
    record ExtensionId(ExtensionCapability capability) implements ValueType {

        @Override
        public String expectation() {
            return "the id of an extension that " + capability.phrase();
        }
    }

    /** A list of texts. */
    record TextList() implements ValueType {
        @Override
        public String expectation() {
            return "a list of texts";
        }
    }

    /** Names with a text each, such as headers. */
    record TextMap() implements ValueType {
        @Override
        public String expectation() {
            return "a mapping of names to texts";
        }
    }

    /** A text, number or truth value; its type is kept. */
    record Scalar() implements ValueType {
        @Override
        public String expectation() {
            return "a text, number, true or false";
        }
    }

    /**
     * Nested keys.
     *
     * @param optional absent unless written, even if only as an empty key; otherwise always there with its defaults
     */
    record Section(ObjectSchema keys, boolean optional) implements ValueType {
        @Override
        public String expectation() {
            return "a mapping of keys";
        }
    }

    /** A list of nested keys. */
    record SectionList(ObjectSchema keys) implements ValueType {
        @Override
        public String expectation() {
            return "a list of mappings";
        }
    }

    /** A list of OTTL conditions for one context. */
    record Conditions(OttlContext context) implements ValueType {
        @Override
        public String expectation() {
            return "a list of OTTL conditions for context " + context.label();
        }
    }

    /**
     * A list of OTTL statements or conditions for one signal, whose paths tell their context, or of groups of them; see
     * {@link OttlGroups}.
     *
     * @param statements whether they are statements, which may have conditions besides
     */
    record Ottl(Signal signal, boolean statements) implements ValueType {
        @Override
        public String expectation() {
            return "a list of OTTL " + (statements ? "statements" : "conditions") + ", or of keys with such lists";
        }
    }
}
