package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.MalformedPayload;
import java.util.List;
import java.util.SortedMap;

/** Gives profiles that were not pulled the labels that Pyroscope's own OTLP endpoint would give them. */
final class PprofNames {
    private PprofNames() {}

    /** Counted samples of the processor, which Pyroscope shows as time. */
    static boolean isCpuSamples(PprofBuilder builder, List<OtlpProfile> group) throws MalformedPayload {
        OtlpProfile profile = group.getFirst();
        return group.size() == 1
                && profile.period != 0
                && builder.textAt(profile.type).equals("samples")
                && builder.textAt(profile.unit).equals("count")
                && builder.textAt(profile.periodType).equals("cpu")
                && builder.textAt(profile.periodUnit).equals("nanoseconds");
    }

    static void complete(SortedMap<String, String> labels, PprofBuilder builder, List<OtlpProfile> group)
            throws MalformedPayload {
        if (!labels.containsKey(PprofLabels.NAME)) {
            labels.put(PprofLabels.NAME, name(builder, group.getFirst()));
            labels.putIfAbsent(PprofLabels.DELTA, "false");
        }
        String executable = labels.get("process_executable_name");
        labels.putIfAbsent(
                PprofLabels.SERVICE_NAME, executable == null ? "unknown_service" : "unknown_service:" + executable);
    }

    private static String name(PprofBuilder builder, OtlpProfile profile) throws MalformedPayload {
        String type = builder.textAt(profile.type);
        String period = profile.period == 0 ? "" : builder.textAt(profile.periodType);
        return switch (type) {
            case "off_cpu" -> "off_cpu";
            case "alloc_objects", "alloc_space", "inuse_objects", "inuse_space" -> "memory";
            case "goroutine", "goroutines" -> "goroutine";
            case "cpu" -> "process_cpu";
            default -> period.isEmpty() || period.equals("cpu") ? "process_cpu" : period;
        };
    }
}
