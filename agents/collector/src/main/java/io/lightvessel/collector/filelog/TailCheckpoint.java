package io.lightvessel.collector.filelog;

import java.nio.file.Path;
import java.util.Map;

/**
 * Up to where a log is safe downstream: what was written before it need never be read again.
 *
 * @param path the log's own path, not that of its rotated files
 * @param file the file that was being read, by whatever name it goes now
 * @param fingerprint of the file's first bytes
 * @param mark of the bytes before the offset
 * @param partials beginnings of lines read before the offset
 * @param timeMillis when the offset was reached
 */
record TailCheckpoint(
        Path path,
        FileIdentity file,
        Fingerprint fingerprint,
        Fingerprint mark,
        long offset,
        Map<String, Partial> partials,
        long timeMillis) {
    TailCheckpoint {
        partials = Map.copyOf(partials);
    }
}
