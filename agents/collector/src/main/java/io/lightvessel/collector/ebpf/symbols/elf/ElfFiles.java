package io.lightvessel.collector.ebpf.symbols.elf;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The programs and libraries that were seen, shared by the processes that run them; those not used for longest go first.
 * Safe for use by several threads.
 */
public final class ElfFiles implements AutoCloseable {
    private final long mostBytes;
    private final int mostFiles;
    private final Map<FileKey, ElfImage> images = new LinkedHashMap<>(64, 0.75f, true);

    public ElfFiles(long mostBytes, int mostFiles) {
        this.mostBytes = mostBytes;
        this.mostFiles = mostFiles;
    }

    /** One that is open already, or null. */
    public synchronized @Nullable ElfImage get(FileKey key) {
        return images.get(key);
    }

    /** See {@link ElfImage#open}. */
    public synchronized ElfImage open(FileKey key, Path file, Path root, Path path) {
        ElfImage image = images.get(key);
        if (image == null) {
            image = ElfImage.open(file, root, path);
            images.put(key, image);
            trim(image);
        }
        return image;
    }

    /** What they take of the heap. */
    public synchronized long bytes() {
        return images.values().stream().mapToLong(ElfImage::bytes).sum();
    }

    public synchronized int count() {
        return images.size();
    }

    @Override
    public synchronized void close() {
        images.values().forEach(ElfImage::close);
        images.clear();
    }

    private void trim(@Nullable ElfImage kept) {
        long bytes = bytes();
        Iterator<ElfImage> oldest = images.values().iterator();
        while (oldest.hasNext() && (bytes > mostBytes || images.size() > mostFiles)) {
            ElfImage image = oldest.next();
            if (image != kept) {
                bytes -= image.bytes();
                oldest.remove();
                image.close();
            }
        }
    }
}
