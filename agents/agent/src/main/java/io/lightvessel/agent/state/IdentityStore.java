package io.lightvessel.agent.state;

import io.lightvessel.wire.InstanceUid;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Keeps the instance uid, so that an agent is the same one after a restart. */
public final class IdentityStore {
    private final DurableFile file;

    public IdentityStore(StateDirectory directory) {
        this.file = directory.file("instance-uid");
    }

    /** The uid on disk; on the first start a new one, which is written at once. */
    public InstanceUid loadOrCreate(Supplier<InstanceUid> mint) {
        byte[] bytes = file.read().orElse(null);
        if (bytes == null) {
            InstanceUid uid = mint.get();
            save(uid);
            return uid;
        }
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        try {
            return InstanceUid.parse(text);
        } catch (IllegalArgumentException e) {
            throw file.damaged(
                    "it holds no UUID", "Restore it, or delete it: the agent then appears in the fleet as a new one.");
        }
    }

    public void save(InstanceUid uid) {
        file.write((uid + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
