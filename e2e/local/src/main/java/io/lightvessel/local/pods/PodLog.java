package io.lightvessel.local.pods;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;

/** The log of one container of one pod, where a kubelet would put it. */
public record PodLog(Path pods, String namespace, String pod, String container) {

    /** The same for the same pod in the same directory, so that a restart continues the file instead of leaving one behind. */
    public String uid() {
        String key = pods.toAbsolutePath() + "/" + namespace + "/" + pod;
        return UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** The file being written. */
    public Path file() {
        return pods.resolve(namespace + "_" + pod + "_" + uid())
                .resolve(container)
                .resolve("0.log");
    }
}
