package io.lightvessel.config;

import static io.lightvessel.config.Keys.*;

import java.util.EnumSet;
import java.util.List;

/** The processors this version knows. */
final class ProcessorSchemas {

    private static final ComponentSchema BATCH = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "batch",
            EnumSet.allOf(Signal.class),
            "Merges requests to larger ones; profiles pass unchanged. Producers are answered when the merged request is safe.",
            keys(
                    duration("timeout", "0s", "200ms", "Longest time a request waits for others; 0 merges nothing."),
                    SharedKeys.many(
                            "send_batch_size",
                            8192,
                            "Records after which a batch goes on at once; 0 waits for the timeout."),
                    SharedKeys.many(
                            "send_batch_max_size",
                            0,
                            "Most records in a batch, larger requests are cut; 0 has no limit.")));

    private static final ComponentSchema RESOURCE = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "resource",
            EnumSet.complementOf(EnumSet.of(Signal.PROFILES)),
            "Changes the attributes of resources. Those of profiles may name keys by a dictionary, so these are left out.",
            keys(required(sections(
                    "attributes",
                    keys(
                            required(text("key", "The attribute to change.")),
                            required(
                                    choice(
                                            "action",
                                            List.of("insert", "update", "upsert", "delete"),
                                            "insert",
                                            "insert where it is missing, update where it is there, upsert in either case, delete.")),
                            scalar("value", "The value to set."),
                            text("from_attribute", "The attribute of the resource to copy the value from.")),
                    "Changes, done in order."))));

    private static final ComponentSchema MEMORY_LIMITER = new ComponentSchema(
            ComponentKind.PROCESSOR,
            "memory_limiter",
            EnumSet.allOf(Signal.class),
            "Bounds the bytes of telemetry inside the agent and refuses what goes beyond.",
            keys(
                    duration(
                            "check_interval",
                            "0s",
                            "1s",
                            "How late the limit may be noticed; here it holds at every moment."),
                    whole("limit_mib", 0, 1L << 20, 0, "Limit in MiB."),
                    whole(
                            "spike_limit_mib",
                            0,
                            1L << 20,
                            0,
                            "Refuse this much below the limit; 0 means a fifth of it."),
                    whole("limit_percentage", 0, 100, 0, "Limit as a share of the memory the agent may use."),
                    whole("spike_limit_percentage", 0, 100, 0, "Refuse this much below the limit, as a share.")));

    static final List<ComponentSchema> ALL = List.of(BATCH, MEMORY_LIMITER, RESOURCE);

    private ProcessorSchemas() {}
}
