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
