package io.lightvessel.pipeline.attributes;

import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Metadata;
import io.lightvessel.pipeline.rewrite.Arena;
import io.lightvessel.pipeline.rewrite.Message;
import io.lightvessel.pipeline.rewrite.MessageType;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Carries out a plan on resource messages that lie in buffers. */
public final class ResourceEditor {

    private final AttributePlan plan;

    public ResourceEditor(AttributePlan plan) {
        this.plan = plan;
    }

    /** Whether the same resource may become another one when somebody else sends it. */
    public boolean dependsOnClient() {
        return plan.usesClient();
    }

    /** What the resource between two indices becomes, in memory of its own; all that is not edited stays as it is. */
    public byte[] edited(ByteBuf bytes, int from, int to, Metadata client) throws MalformedPayload {
        byte[] resource = new byte[to - from];
        bytes.getBytes(from, resource);
        Message message = new Message();
        message.show(MessageType.RESOURCE, resource, 0, resource.length);
        AttributeEditor editor = new AttributeEditor(plan);
        editor.client(client);
        editor.edit(message);
        if (!message.changed()) {
            return resource;
        }
        Arena out = new Arena();
        message.writeTo(out);
        return Arrays.copyOf(out.array(), out.size());
    }
}
