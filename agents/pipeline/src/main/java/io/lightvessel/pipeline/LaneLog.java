package io.lightvessel.pipeline;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What lanes say about their queues on disk. */
final class LaneLog {

    private static final Logger LOG = LoggerFactory.getLogger(LaneLog.class);

    private LaneLog() {}

    static void restored(String lane, long records, Path directory) {
        LOG.info("{}: {} records in {} come first", lane, records, directory);
    }

    static void kept(String lane, long records, Path directory) {
        LOG.info("{}: {} records stay in {} until it is back", lane, records, directory);
    }
}
