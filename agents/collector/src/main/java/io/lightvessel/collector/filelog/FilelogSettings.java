package io.lightvessel.collector.filelog;

import io.lightvessel.config.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        boolean podMetadata) {

    // containerd cuts at 16 KiB and Docker's escapes can make six characters of one.
    private static final int LONGEST_CONTAINER_LINE = 256 << 10;

    static FilelogSettings of(Settings settings) {
        List<Settings> operators = settings.has("operators") ? settings.sections("operators") : List.of();
        LineFormat format = LineFormat.PLAIN;
        boolean podMetadata = false;
        int longestLine = Math.toIntExact(settings.integer("max_log_size"));
        for (Settings operator : operators) {
            if (operator.string("type").equals("container")) {
                format = LineFormat.ofSetting(operator.string("format"));
                podMetadata = operator.flag("add_metadata_from_filepath");
                int own = Math.toIntExact(operator.integer("max_log_size"));
                longestLine = own > 0 ? own : longestLine;
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
                podMetadata);
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
