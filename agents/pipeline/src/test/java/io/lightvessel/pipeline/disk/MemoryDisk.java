package io.lightvessel.pipeline.disk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A directory in memory that remembers every change, so that any moment of its life can be brought back; and that fails. */
final class MemoryDisk implements Disk {

    /** One change. */
    sealed interface Op {

        record Create(String name) implements Op {}

        record Write(String name, long position, byte[] bytes) implements Op {}

        record Truncate(String name, long size) implements Op {}

        record Delete(String name) implements Op {}

        record Force(String name) implements Op {}

        record Sync() implements Op {}
    }

    private final Map<String, byte[]> files = new TreeMap<>();
    private final List<Op> ops = new ArrayList<>();
    private long capacity = Long.MAX_VALUE;
    private boolean syncFails;
    private boolean readFails;

    synchronized int opCount() {
        return ops.size();
    }

    synchronized List<Op> ops() {
        return List.copyOf(ops);
    }

    synchronized void capacity(long bytes) {
        capacity = bytes;
    }

    synchronized void syncFails(boolean fails) {
        syncFails = fails;
    }

    synchronized void readFails(boolean fails) {
        readFails = fails;
    }

    synchronized Map<String, byte[]> files() {
        Map<String, byte[]> copy = new TreeMap<>();
        files.forEach((name, bytes) -> copy.put(name, bytes.clone()));
        return copy;
    }

    synchronized long used() {
        return files.values().stream().mapToLong(bytes -> bytes.length).sum();
    }

    static MemoryDisk of(Map<String, byte[]> files) {
        MemoryDisk disk = new MemoryDisk();
        files.forEach((name, bytes) -> disk.files.put(name, bytes.clone()));
        return disk;
    }

    /** What a process killed after so many changes leaves, the one under way having got as far as told. */
    static MemoryDisk killed(List<Op> ops, int count, int tornBytes) {
        MemoryDisk disk = new MemoryDisk();
        for (Op op : ops.subList(0, count)) {
            disk.apply(op);
        }
        if (count < ops.size() && ops.get(count) instanceof Op.Write write && tornBytes > 0) {
            byte[] part = Arrays.copyOf(write.bytes(), Math.min(tornBytes, write.bytes().length));
            disk.apply(new Op.Write(write.name(), write.position(), part));
        }
        return disk;
    }

    /**
     * What a loss of power after so many changes leaves: all that was synced, and of what was not, each write and each
     * coming or going of a file or not, as chance has it.
     */
    static MemoryDisk powerless(List<Op> ops, int count, Random random) {
        Map<String, Integer> forced = new HashMap<>();
        int synced = -1;
        for (int i = 0; i < count; i++) {
            if (ops.get(i) instanceof Op.Force force) {
                forced.put(force.name(), i);
            } else if (ops.get(i) instanceof Op.Sync) {
                synced = i;
            }
        }
        MemoryDisk disk = new MemoryDisk();
        for (int i = 0; i < count; i++) {
            Op op = ops.get(i);
            boolean certain = switch (op) {
                case Op.Write write -> i < forced.getOrDefault(write.name(), -1);
                case Op.Truncate truncate -> i < forced.getOrDefault(truncate.name(), -1);
                case Op.Create _, Op.Delete _ -> i < synced;
                case Op.Force _, Op.Sync _ -> true;
            };
            if (certain || random.nextBoolean()) {
                disk.apply(op);
            }
        }
        return disk;
    }

    private synchronized void apply(Op op) {
        switch (op) {
            case Op.Create create -> files.putIfAbsent(create.name(), new byte[0]);
            case Op.Write write -> {
                byte[] before = files.get(write.name());
                if (before != null) {
                    long end = write.position() + write.bytes().length;
                    byte[] after = Arrays.copyOf(before, (int) Math.max(before.length, end));
                    System.arraycopy(write.bytes(), 0, after, (int) write.position(), write.bytes().length);
                    files.put(write.name(), after);
                }
            }
            case Op.Truncate truncate ->
                files.computeIfPresent(
                        truncate.name(),
                        (_, bytes) ->
                                bytes.length <= truncate.size() ? bytes : Arrays.copyOf(bytes, (int) truncate.size()));
            case Op.Delete delete -> files.remove(delete.name());
            case Op.Force _, Op.Sync _ -> {
                // Content is as it was.
            }
        }
    }

    private synchronized void change(Op op) {
        ops.add(op);
        apply(op);
    }

    @Override
    public synchronized List<String> list() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized DiskFile open(String name, boolean create) throws IOException {
        if (!files.containsKey(name)) {
            if (!create) {
                throw new FileNotFoundException(name);
            }
            if (used() >= capacity) {
                throw new IOException("No space left on device");
            }
            change(new Op.Create(name));
        }
        return new File(name);
    }

    @Override
    public void delete(String name) {
        change(new Op.Delete(name));
    }

    @Override
    public void sync() throws IOException {
        change(new Op.Sync());
    }

    @Override
    public void close() {
        // Nothing is held.
    }

    @Override
    public String toString() {
        return "memory";
    }

    private final class File implements DiskFile {
        private final String name;

        File(String name) {
            this.name = name;
        }

        private byte[] content() throws IOException {
            synchronized (MemoryDisk.this) {
                byte[] content = files.get(name);
                if (content == null) {
                    throw new FileNotFoundException(name);
                }
                return content;
            }
        }

        @Override
        public long size() throws IOException {
            return content().length;
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            synchronized (MemoryDisk.this) {
                if (readFails) {
                    throw new IOException("Input/output error");
                }
            }
            byte[] content = content();
            if (position < content.length) {
                into.put(content, (int) position, (int) Math.min(into.remaining(), content.length - position));
            }
        }

        @Override
        public void write(ByteBuffer[] buffers, long position) throws IOException {
            int length = 0;
            for (ByteBuffer buffer : buffers) {
                length += buffer.remaining();
            }
            ByteBuffer whole = ByteBuffer.allocate(length);
            for (ByteBuffer buffer : buffers) {
                whole.put(buffer);
            }
            synchronized (MemoryDisk.this) {
                long grows = Math.max(0, position + length - content().length);
                long room = Math.max(0, capacity - used());
                if (grows > room) {
                    int fits = (int) Math.max(0, length - grows + room);
                    change(new Op.Write(name, position, Arrays.copyOf(whole.array(), fits)));
                    throw new IOException("No space left on device");
                }
                change(new Op.Write(name, position, whole.array()));
            }
        }

        @Override
        public void truncate(long size) {
            change(new Op.Truncate(name, size));
        }

        @Override
        public void force() throws IOException {
            synchronized (MemoryDisk.this) {
                if (syncFails) {
                    throw new IOException("Input/output error");
                }
            }
            change(new Op.Force(name));
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
