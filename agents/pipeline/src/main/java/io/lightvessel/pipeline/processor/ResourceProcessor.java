package io.lightvessel.pipeline.processor;

import io.lightvessel.pipeline.ByteKeyedCache;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Otlp;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.ResourceGroups;
import io.lightvessel.pipeline.Result;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.WireWriter;
import io.lightvessel.pipeline.attributes.ResourceEditor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;

/**
 * Changes resources and nothing else: scopes and records are not even looked at. What a resource becomes is remembered
 * by its bytes, since producers send the same one again and again.
 */
final class ResourceProcessor implements Processor {

    /** Where groups are smaller than this, copying is cheaper than keeping track of pieces. */
    private static final int SMALL_GROUP = 4096;

    private final ProcessorContext context;
    private final ResourceEditor editor;
    private final ByteKeyedCache<byte[]> edited = new ByteKeyedCache<>(4096, 64 << 10);

    ResourceProcessor(ProcessorContext context, ResourceEditor editor) {
        this.context = context;
        this.editor = editor;
    }

    @Override
    public void accept(Payload payload, Result result) {
        Payload changed;
        try {
            changed = rewrite(payload);
        } catch (MalformedPayload e) {
            // The structural walk does not look into attributes, so this is where their damage is found.
            context.refuse(
                    payload,
                    result,
                    Refusal.permanent(
                            DropReason.MALFORMED, context.id() + ": a resource cannot be read: " + e.getMessage()));
            return;
        }
        context.next().accept(changed, result);
    }

    private Payload rewrite(Payload payload) throws MalformedPayload {
        ByteBuf in = payload.bytes();
        int groupCount = countGroups(payload);
        if (groupCount == 0) {
            return payload;
        }
        boolean copies = payload.size() / groupCount < SMALL_GROUP;
        ByteBuf out = copies
                ? ByteBufAllocator.DEFAULT.buffer(payload.size() + groupCount * 64)
                : ByteBufAllocator.DEFAULT.compositeBuffer(groupCount * 4 + 1);
        boolean done = false;
        try {
            ResourceGroups groups = new ResourceGroups(payload);
            int copiedTo = in.readerIndex();
            while (groups.next()) {
                append(out, in, copiedTo, groups.fieldFrom());
                appendGroup(out, payload, groups);
                copiedTo = groups.groupTo();
            }
            append(out, in, copiedTo, in.writerIndex());
            done = true;
        } finally {
            if (!done) {
                out.release();
            }
        }
        return payload.rewritten(out, payload.records());
    }

    private static int countGroups(Payload payload) throws MalformedPayload {
        WireReader reader = new WireReader(payload.bytes());
        int count = 0;
        while (reader.hasMore()) {
            int tag = reader.readTag();
            count += tag == Otlp.RESOURCE_GROUP ? 1 : 0;
            reader.skip(tag);
        }
        return count;
    }

    private void appendGroup(ByteBuf out, Payload payload, ResourceGroups groups) throws MalformedPayload {
        ByteBuf in = payload.bytes();
        if (groups.resources() > 1) {
            appendOddGroup(out, payload, groups);
            return;
        }
        byte[] resource = editedResource(payload, in, groups.resourceFrom(), groups.resourceTo());
        int restBefore = groups.resourceFieldFrom() - groups.groupFrom();
        int restAfter = groups.groupTo() - groups.resourceTo();
        int size = restBefore + WireWriter.sizeOfField(Otlp.RESOURCE, resource.length) + restAfter;
        header(out, size, resource);
        append(out, in, groups.groupFrom(), groups.resourceFieldFrom());
        append(out, in, groups.resourceTo(), groups.groupTo());
    }

    /** A resource that is there several times means all of them, merged; then the group is put together anew. */
    private void appendOddGroup(ByteBuf out, Payload payload, ResourceGroups groups) throws MalformedPayload {
        ByteBuf in = payload.bytes();
        ByteBuf merged = ByteBufAllocator.DEFAULT.buffer();
        ByteBuf rest = ByteBufAllocator.DEFAULT.buffer();
        try {
            WireReader group = new WireReader(in, groups.groupFrom(), groups.groupTo());
            while (group.hasMore()) {
                int at = group.position();
                int tag = group.readTag();
                group.skip(tag);
                if (tag == Otlp.RESOURCE) {
                    WireReader field = new WireReader(in, at, group.position());
                    field.readTag();
                    int length = field.readLength();
                    merged.writeBytes(in, field.position(), length);
                } else {
                    rest.writeBytes(in, at, group.position() - at);
                }
            }
            byte[] resource = editedResource(payload, merged, merged.readerIndex(), merged.writerIndex());
            header(out, WireWriter.sizeOfField(Otlp.RESOURCE, resource.length) + rest.readableBytes(), resource);
            if (out instanceof CompositeByteBuf composite) {
                composite.addComponent(true, rest.retain());
            } else {
                out.writeBytes(rest);
            }
        } finally {
            merged.release();
            rest.release();
        }
    }

    /** The group's tag and length, and the resource, which comes first as in all that SDKs send. */
    private static void header(ByteBuf out, int groupSize, byte[] resource) {
        int size = WireWriter.sizeOfField(Otlp.RESOURCE_GROUP, groupSize)
                - groupSize
                + WireWriter.sizeOfField(Otlp.RESOURCE, resource.length);
        ByteBuf target = out instanceof CompositeByteBuf ? out.alloc().buffer(size) : out;
        WireWriter.writeFieldHeader(target, Otlp.RESOURCE_GROUP, groupSize);
        WireWriter.writeFieldHeader(target, Otlp.RESOURCE, resource.length);
        target.writeBytes(resource);
        if (out instanceof CompositeByteBuf composite) {
            composite.addComponent(true, target);
        }
    }

    private static void append(ByteBuf out, ByteBuf in, int from, int to) {
        if (from == to) {
            return;
        }
        if (out instanceof CompositeByteBuf composite) {
            composite.addComponent(true, in.retainedSlice(from, to - from));
        } else {
            out.writeBytes(in, from, to - from);
        }
    }

    private byte[] editedResource(Payload payload, ByteBuf bytes, int from, int to) throws MalformedPayload {
        if (editor.dependsOnClient()) {
            return editor.edited(bytes, from, to, payload.metadata());
        }
        byte[] known = edited.find(bytes, from, to);
        if (known != null) {
            return known;
        }
        byte[] changed = editor.edited(bytes, from, to, payload.metadata());
        edited.put(bytes, from, to, changed);
        return changed;
    }
}
