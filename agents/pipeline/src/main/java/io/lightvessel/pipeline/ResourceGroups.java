package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;

/** Goes through a payload's resource groups and tells where each one and its resource lie. */
public final class ResourceGroups {

    private final Payload payload;
    private final ByteBuf bytes;
    private final WireReader reader;
    private int fieldFrom;
    private int groupFrom;
    private int groupTo;
    private int resourceFieldFrom;
    private int resourceFrom;
    private int resourceTo;
    private int resources;

    public ResourceGroups(Payload payload) {
        this.payload = payload;
        this.bytes = payload.bytes();
        this.reader = new WireReader(bytes);
    }

    /** Moves to the next group; false when there is none. */
    public boolean next() throws MalformedPayload {
        while (reader.hasMore()) {
            int at = reader.position();
            int tag = reader.readTag();
            if (tag != Otlp.RESOURCE_GROUP) {
                reader.skip(tag);
                continue;
            }
            fieldFrom = at;
            int outer = reader.enter();
            groupFrom = reader.position();
            groupTo = reader.limit();
            findResource();
            reader.leave(outer);
            return true;
        }
        return false;
    }

    private void findResource() throws MalformedPayload {
        resourceFieldFrom = groupFrom;
        resourceFrom = groupFrom;
        resourceTo = groupFrom;
        resources = 0;
        while (reader.hasMore()) {
            int at = reader.position();
            int tag = reader.readTag();
            if (tag != Otlp.RESOURCE) {
                reader.skip(tag);
                continue;
            }
            int outer = reader.enter();
            resourceFieldFrom = at;
            resourceFrom = reader.position();
            resourceTo = reader.limit();
            resources++;
            reader.leave(outer);
        }
    }

    /** Absolute index of the group's tag. */
    public int fieldFrom() {
        return fieldFrom;
    }

    /** Absolute index of the group's first byte behind its length. */
    public int groupFrom() {
        return groupFrom;
    }

    public int groupTo() {
        return groupTo;
    }

    /** Absolute index of the resource's tag; where the group begins if it has no resource. */
    public int resourceFieldFrom() {
        return resourceFieldFrom;
    }

    /** Absolute index of the resource message; of nothing, if the group has no resource. */
    public int resourceFrom() {
        return resourceFrom;
    }

    public int resourceTo() {
        return resourceTo;
    }

    /** How often the resource is there: once in all sane requests, but the wire format allows any number. */
    public int resources() {
        return resources;
    }

    /** Records of this group; known from the payload where it is the only one, as in most requests. */
    public int countRecords() throws MalformedPayload {
        if (fieldFrom == bytes.readerIndex() && groupTo == bytes.writerIndex()) {
            return payload.records();
        }
        return PayloadWalk.countRecordsOfResource(payload.signal(), bytes, groupFrom, groupTo);
    }
}
