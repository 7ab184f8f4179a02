package io.lightvessel.collector.filelog;

import io.lightvessel.collector.filelog.operator.Operators;
import io.lightvessel.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a filelog receiver was told.
 *
 * @param longestLine bytes of a record's text; what is longer becomes several records
 */
record FilelogSettings(
        GlobSet files,
        boolean startAtBeginning,
        boolean fileName,
        boolean filePath,
        Duration pollInterval,
        int longestLine,
        int mostFiles,
        LineFormat format,
        boolean podMetadata,
        @Nullable Recombine recombine,
        List<Settings> redactions,
        Operators.Preset preset,
        List<Settings> operators,
        @Nullable PodOptions pods) {

    // containerd cuts at 16 KiB and Docker's escapes can make six characters of one.
    private static final int LONGEST_CONTAINER_LINE = 256 << 10;
    private static final Duration FLUSH_AFTER = Duration.ofSeconds(5);

    static FilelogSettings of(Settings settings) {
        List<Settings> operators = settings.has("operators") ? settings.sections("operators") : List.of();
        LineFormat format = LineFormat.PLAIN;
        boolean podMetadata = false;
        int longestLine = Math.toIntExact(settings.integer("max_log_size"));
        Recombine recombine = null;
        for (Settings operator : operators) {
            if (operator.string("type").equals("container")) {
                format = LineFormat.ofSetting(operator.optionalString("format").orElse("auto"));
                podMetadata =
                        !operator.has("add_metadata_from_filepath") || operator.flag("add_metadata_from_filepath");
                long own = operator.has("max_log_size") ? operator.integer("max_log_size") : 0;
                longestLine = own > 0 ? Math.toIntExact(own) : longestLine;
            } else if (operator.string("type").equals("recombine")) {
                recombine = Recombine.of(operator, longestLine);
            }
        }
        return new FilelogSettings(
                new GlobSet(
                        settings.strings("include"), settings.has("exclude") ? settings.strings("exclude") : List.of()),
                settings.string("start_at").equals("beginning"),
                settings.flag("include_file_name"),
                settings.flag("include_file_path"),
                settings.duration("poll_interval"),
                longestLine,
                Math.toIntExact(settings.integer("max_concurrent_files")),
                format,
                podMetadata,
                recombine,
                List.of(),
                Operators.Preset.NONE,
                operators,
                null);
    }

    /** Those of the podlogs receiver, which is this one with the container operator. */
    static FilelogSettings ofPods(Settings settings) {
        List<Settings> operators = settings.has("operators") ? settings.sections("operators") : List.of();
        int longest = Math.toIntExact(settings.integer("max_log_size"));
        Recombine recombine = settings.string("multiline").equals("none")
                ? operators.stream()
                        .filter(operator -> operator.string("type").equals("recombine"))
                        .findFirst()
                        .map(operator -> Recombine.of(operator, longest))
                        .orElse(null)
                : Recombine.ofLanguage(settings.string("multiline"), longest);
        return new FilelogSettings(
                new GlobSet(
                        List.of(settings.string("path") + "/*/*/*.log"),
                        settings.has("exclude") ? settings.strings("exclude") : List.of()),
                settings.string("start_at").equals("beginning"),
                false,
                settings.flag("include_file_path"),
                settings.duration("poll_interval"),
                longest,
                Math.toIntExact(settings.integer("max_concurrent_files")),
                LineFormat.AUTO,
                true,
                recombine,
                settings.has("redact") ? settings.sections("redact") : List.of(),
                Operators.Preset.of(settings.string("parse")),
                operators,
                PodOptions.of(settings));
    }

    /** So long the end of a line or text is waited for. */
    Duration flushAfter() {
        return recombine == null ? FLUSH_AFTER : recombine.flushAfter();
    }

    /** The most bytes a line of the file may have before it is cut; a container's own framing must survive. */
    int longestRawLine() {
        return format == LineFormat.PLAIN ? longestLine : Math.max(longestLine, LONGEST_CONTAINER_LINE);
    }

    /** What is known of a log by its path. */
    Map<String, String> resource(Path log) {
        Map<String, String> resource = new LinkedHashMap<>();
        if (podMetadata) {
            PodPath.parse(log).ifPresent(pod -> {
                resource.put("k8s.namespace.name", pod.namespace());
                resource.put("k8s.pod.name", pod.pod());
                resource.put("k8s.pod.uid", pod.uid());
                resource.put("k8s.container.name", pod.container());
                resource.put("k8s.container.restart_count", pod.restarts());
            });
        }
        return resource;
    }

    /** What every record of a log has. */
    Map<String, String> attributes(Path log) {
        Map<String, String> attributes = new LinkedHashMap<>();
        if (fileName) {
            attributes.put("log.file.name", String.valueOf(log.getFileName()));
        }
        if (filePath) {
            attributes.put("log.file.path", log.toString());
        }
        return attributes;
    }

    /** How often directories are looked at for new and rotated files. */
    Duration scanInterval() {
        Duration five = pollInterval.multipliedBy(5);
        Duration second = Duration.ofSeconds(1);
        return five.compareTo(second) < 0 ? five : second.compareTo(pollInterval) < 0 ? pollInterval : second;
    }
}
