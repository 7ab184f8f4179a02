package io.lightvessel.gateway.cluster;

import io.lightvessel.gateway.cluster.core.Arbiter;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A locked file as arbiter. */
class FileArbiterTest extends ArbiterContract {

    @TempDir
    Path directory;

    @Override
    Arbiter arbiter() {
        return new FileArbiter(directory);
    }
}
