package io.lightvessel.collector.filelog;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the path of a container's log says: {@code …/<namespace>_<pod>_<uid>/<container>/<restarts>.log}. */
record PodPath(String namespace, String pod, String uid, String container, String restarts) {
    // Neither namespaces nor pods can contain an underscore.
    private static final Pattern FORM = Pattern.compile(
            ".*/(?<namespace>[^/_]+)_(?<pod>[^/_]+)_(?<uid>[^/_]+)/(?<container>[^/]+)/(?<restarts>\\d+)\\.log");

    /** What lines have in common that must stay in order: their container, however often it was started, or their file. */
    static String stream(Path path) {
        return parse(path).isPresent() ? String.valueOf(path.getParent()) : path.toString();
    }

    /** The log of the container as it ran before it was started again; empty for the first, and for what is no pod's log. */
    static Optional<Path> before(Path path) {
        return parse(path)
                .filter(pod -> pod.restarts().length() < 10 && Long.parseLong(pod.restarts()) > 0)
                .map(pod -> path.resolveSibling(Long.parseLong(pod.restarts()) - 1 + ".log"));
    }

    static Optional<PodPath> parse(Path path) {
        Matcher form = FORM.matcher(path.toString());
        if (!form.matches()) {
            return Optional.empty();
        }
        return Optional.of(new PodPath(
                form.group("namespace"),
                form.group("pod"),
                form.group("uid"),
                form.group("container"),
                form.group("restarts")));
    }
}
