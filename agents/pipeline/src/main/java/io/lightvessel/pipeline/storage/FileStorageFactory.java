package io.lightvessel.pipeline.storage;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.ComponentFailure;
import io.lightvessel.pipeline.Extension;
import io.lightvessel.pipeline.ExtensionContext;
import io.lightvessel.pipeline.ExtensionFactory;
import io.lightvessel.pipeline.Prepared;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes {@code file_storage} extensions. */
public final class FileStorageFactory implements ExtensionFactory {

    private final @Nullable Path stateDirectory;

    /** @param stateDirectory where storage without a directory of its own goes; null when the agent keeps no state */
    public FileStorageFactory(@Nullable Path stateDirectory) {
        this.stateDirectory = stateDirectory;
    }

    @Override
    public String type() {
        return "file_storage";
    }

    @Override
    public Prepared<Extension> prepare(ExtensionContext context, Settings settings, @Nullable Extension previous)
            throws ComponentFailure {
        Path root = settings.optionalString("directory").map(Path::of).orElse(null);
        boolean named = root != null;
        if (root == null) {
            if (stateDirectory == null) {
                throw new ComponentFailure(
                        "directory is missing (expected: a directory, for the agent has no --state)");
            }
            root = stateDirectory.resolve(FileStorage.fileName(context.id().toString()));
        }
        return Prepared.ready(new FileStorage(
                root,
                !named || settings.flag("create_directory"),
                permissions(settings.string("directory_permissions")),
                settings.duration("timeout"),
                settings.flag("fsync")));
    }

    /** Octal digits as in {@code 0750}, of which the schema has made sure. */
    private static Set<PosixFilePermission> permissions(String octal) {
        int bits = Integer.parseInt(octal, 8);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((bits & 0400 >> i) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
