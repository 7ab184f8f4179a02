package io.lightvessel.config;

import io.lightvessel.config.ottl.OttlContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** A duration in Prometheus' notation, as in {@code 1m30s} or {@code 1d}. */
    record PromSpan(Duration min) implements ValueType {
        @Override
        public String expectation() {
            return "a duration of " + PromDuration.format(min) + " or more, such as 30s, 1m30s or 1d";
        }
    }

    /** A number of bytes in Prometheus' notation, as in {@code 10MB}. */
    record Size() implements ValueType {
        @Override
        public String expectation() {
            return "a size, such as 512KB or 10MB";
        }
    }

    /**
     * One of a few words.
     *
     * @param anyCase whether upper and lower case are the same; the value is then the word as it stands here
     */
    record Choice(List<String> words, boolean anyCase) implements ValueType {
        public Choice {
            words = List.copyOf(words);
        }

        /** Words that must be written as they stand here. */
        public Choice(List<String> words) {
            this(words, false);
        }

        /** The word that the text means; null when it is none of them. */
        @Nullable
        String find(String text) {
            for (String word : words) {
                if (anyCase ? word.equalsIgnoreCase(text) : word.equals(text)) {
                    return word;
                }
            }
            return null;
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

    /** Names with a list of texts each, such as the parameters of a URL. */
    record TextListMap() implements ValueType {
        @Override
        public String expectation() {
            return "a mapping of names to lists of texts";
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

    /** Names with nested keys each. */
    record SectionMap(ObjectSchema keys) implements ValueType {
        @Override
        public String expectation() {
            return "a mapping of names to mappings";
        }
    }

    /** A key that people know from elsewhere and that is refused; its doc says why. */
    record Refused() implements ValueType {
        @Override
        public String expectation() {
            return "nothing";
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
