package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.ComponentKind;
import io.lightvessel.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The storage that an exporter's own {@code wal} section names, instead of an extension's.
 *
 * @param root below which each exporter has a directory
 */
record WriteAheadLog(Path root, boolean isSynced) implements StorageExtension {

    static WriteAheadLog of(Settings exporter) {
        Settings wal = exporter.section("wal");
        return new WriteAheadLog(Path.of(wal.string("directory")), wal.flag("fsync"));
    }

    @Override
    public Path directory(ComponentKind kind, ComponentId id, String purpose) throws ComponentFailure {
        Path directory = root.resolve(id.toString().replace('/', '_') + "_" + purpose);
        try {
            return Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        } catch (IOException e) {
            throw new ComponentFailure("wal::directory: " + directory + " cannot be made: " + e, e);
        }
    }
}
