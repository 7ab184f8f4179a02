package io.lightvessel.stack;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gateway does to what passes, in this order: memory limit, attributes, transform, filter, redaction; then it samples and batches. */
public record Processors(
        @Doc("Refuses what would not fit into memory.") @NotNull(message = Expected.OBJECT) @Valid
        MemoryLimiter memoryLimiter,

        @Doc("Changes to attributes of records, in this order.")
        @NotNull(message = Expected.LIST)
        @Size(max = 64, message = "expected: at most 64 actions")
        List<@NotNull(message = Expected.OBJECT) @Valid AttributeAction> attributes,

        @Doc("OTTL statements that change records.") @NotNull(message = Expected.OBJECT) @Valid
        Ottl transform,

        @Doc("OTTL conditions; a record for which one holds is dropped.") @NotNull(message = Expected.OBJECT) @Valid
        Ottl filter,

        @Doc("Masks what must not leave the cluster.") @NotNull(message = Expected.OBJECT) @Valid
        Redaction redaction) {

    public Processors {
        attributes = Expected.list(attributes);
    }

    static Processors none() {
        return new Processors(
                new MemoryLimiter(false, "1s", 80, 25),
                List.of(),
                Ottl.none(),
                Ottl.none(),
                new Redaction(false, List.of(), List.of(), List.of()));
    }

    public Processors withMemoryLimiter(MemoryLimiter changed) {
        return new Processors(changed, attributes, transform, filter, redaction);
    }

    public Processors withAttributes(List<AttributeAction> changed) {
        return new Processors(memoryLimiter, changed, transform, filter, redaction);
    }

    public Processors withTransform(Ottl changed) {
        return new Processors(memoryLimiter, attributes, changed, filter, redaction);
    }

    public Processors withFilter(Ottl changed) {
        return new Processors(memoryLimiter, attributes, transform, changed, redaction);
    }

    public Processors withRedaction(Redaction changed) {
        return new Processors(memoryLimiter, attributes, transform, filter, changed);
    }

    /** When the gateway begins to refuse, in percent of the memory it may use. */
    public record MemoryLimiter(
            @Doc("Whether memory is limited by a processor, beyond the agents' own budget.")
            boolean enabled,

            @Doc("How often memory is looked at.") @TimeSpan String checkInterval,

            @Doc("Percent of memory that may be used.")
            @Min(value = 1, message = "expected: 1..100")
            @Max(value = 100, message = "expected: 1..100")
            int limitPercentage,

            @Doc("Percent below the limit at which refusing begins.")
            @Min(value = 0, message = "expected: 0..99")
            @Max(value = 99, message = "expected: 0..99")
            int spikeLimitPercentage) {}

    /** One change to an attribute. */
    public record AttributeAction(
            @Doc("The attribute.")
            @NotNull(message = Expected.ATTRIBUTE_KEY_EXPECTED)
            @Pattern(regexp = "\\S{1,128}", message = Expected.ATTRIBUTE_KEY_EXPECTED)
            String key,

            @Doc("What is done.") @NotNull(message = "expected: INSERT, UPDATE, UPSERT, DELETE or HASH")
            Action action,

            @Doc("The value to set; may contain ${env:NAME}.")
            @Pattern(regexp = Expected.ATTRIBUTE_VALUE, message = Expected.ATTRIBUTE_VALUE_EXPECTED)
            @Nullable
            String value,

            @Doc("The attribute whose value to set.")
            @Pattern(regexp = "\\S{1,128}", message = Expected.ATTRIBUTE_KEY_EXPECTED)
            @Nullable
            String fromAttribute) {

        public boolean setsValue() {
            return action == Action.INSERT || action == Action.UPDATE || action == Action.UPSERT;
        }
    }

    /** What can be done to an attribute. */
    public enum Action {
        INSERT,
        UPDATE,
        UPSERT,
        DELETE,
        HASH
    }

    /** OTTL by signal: spans, data points and log records. */
    public record Ottl(
            @Doc("For spans.") @NotNull(message = Expected.LIST) @Size(max = 64, message = MOST)
            List<@NotNull(message = STATEMENT) @Size(min = 1, max = 4000, message = STATEMENT) String> traces,

            @Doc("For data points.") @NotNull(message = Expected.LIST) @Size(max = 64, message = MOST)
            List<@NotNull(message = STATEMENT) @Size(min = 1, max = 4000, message = STATEMENT) String> metrics,

            @Doc("For log records.") @NotNull(message = Expected.LIST) @Size(max = 64, message = MOST)
            List<@NotNull(message = STATEMENT) @Size(min = 1, max = 4000, message = STATEMENT) String> logs) {

        private static final String MOST = "expected: at most 64 statements";
        private static final String STATEMENT = "expected: OTTL of 1 to 4000 characters";

        public Ottl {
            traces = Expected.list(traces);
            metrics = Expected.list(metrics);
            logs = Expected.list(logs);
        }

        public static Ottl none() {
            return new Ottl(List.of(), List.of(), List.of());
        }

        /** Whether there is nothing for any signal. */
        public boolean none(Signal signal) {
            return of(signal).isEmpty();
        }

        public List<String> of(Signal signal) {
            return switch (signal) {
                case TRACES -> traces;
                case METRICS -> metrics;
                case LOGS -> logs;
                case PROFILES -> List.of();
            };
        }
    }

    /** Masking of attribute values, before anything leaves the cluster. */
    public record Redaction(
            @Doc("Whether values are masked.") boolean enabled,

            @Doc("Attributes whose values are masked, as regular expressions of their names.")
            @NotNull(message = Expected.LIST)
            @Size(max = 64, message = "expected: at most 64 expressions")
            List<
                            @NotNull(message = Expected.REGEX_EXPECTED)
                            @Size(min = 1, max = 500, message = Expected.REGEX_EXPECTED) String>
                    blockedKeyPatterns,

            @Doc("What is masked within values, as regular expressions.")
            @NotNull(message = Expected.LIST)
            @Size(max = 64, message = "expected: at most 64 expressions")
            List<
                            @NotNull(message = Expected.REGEX_EXPECTED)
                            @Size(min = 1, max = 500, message = Expected.REGEX_EXPECTED) String>
                    blockedValues,

            @Doc("Attributes that are left alone.")
            @NotNull(message = Expected.LIST)
            @Size(max = 64, message = "expected: at most 64 attributes")
            List<
                            @NotNull(message = Expected.ATTRIBUTE_KEY_EXPECTED)
                            @Pattern(regexp = "\\S{1,128}", message = Expected.ATTRIBUTE_KEY_EXPECTED) String>
                    ignoredKeys) {

        public Redaction {
            blockedKeyPatterns = Expected.list(blockedKeyPatterns);
            blockedValues = Expected.list(blockedValues);
            ignoredKeys = Expected.list(ignoredKeys);
        }
    }
}
