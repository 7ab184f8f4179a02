package io.lightvessel.collector.ebpf.symbols.elf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/** What a file is, whatever it is called: two containers have different files of the same name, and share those of one image. */
public record FileKey(long device, long inode, FileTime modified, long size) {

    /** Anything but a plain file is refused, since opening a pipe would wait for somebody to write. */
    public static FileKey of(Path file) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(file, "unix:dev,ino,lastModifiedTime,size,isRegularFile");
        if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))) {
            throw new IOException(file + ": no plain file");
        }
        if (attributes.get("dev") instanceof Long device
                && attributes.get("ino") instanceof Long inode
                && attributes.get("lastModifiedTime") instanceof FileTime modified
                && attributes.get("size") instanceof Long size) {
            return new FileKey(device, inode, modified, size);
        }
        throw new IOException(file + ": " + attributes + " (expected: device, inode, time and size)");
    }
}
