package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.MalformedPayload;
import java.util.Arrays;

/**
 * What a container says of itself besides its content: a group's resource, a scope group's scope, a metric's name and
 * unit. It is copied when the walk enters, so that it can be read and edited until the walk leaves.
 */
final class Described {

    private final Message message = new Message();
    private final Arena encoded = new Arena();
    private final int wrapperTag;
    private byte[] bytes = new byte[512];
    private int size;
    private int occurrences;
    private int prefix;
    private boolean scattered;
    private int outPrefix;

    /** @param wrapperTag the tag of the field it is the content of; 0 when it is fields of the container itself */
    Described(int wrapperTag) {
        this.wrapperTag = wrapperTag;
    }

    void clear() {
        size = 0;
        occurrences = 0;
        prefix = 0;
        scattered = false;
        outPrefix = 0;
        if (bytes.length > 64 << 10) {
            bytes = new byte[512];
        }
    }

    /**
     * Adds a field's bytes.
     *
     * @param end how far from the container's beginning the field ends
     * @param first whether the container has had nothing but such fields before
     */
    void add(byte[] from, int at, int length, int end, boolean first) {
        if (length > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
        }
        System.arraycopy(from, at, bytes, size, length);
        size += length;
        occurrences++;
        if (first && (wrapperTag == 0 || occurrences == 1)) {
            prefix = end;
        } else {
            scattered = true;
        }
    }

    Message show(MessageType type) {
        outPrefix = prefix;
        message.show(type, bytes, 0, size);
        return message;
    }

    /** Whether it does not stand at the container's beginning in one piece. */
    boolean isScattered() {
        return scattered;
    }

    /** Whether a field of the container belongs to it. */
    boolean isPiece(int tag) {
        return wrapperTag == 0 ? !Tags.isMetricData(tag) : tag == wrapperTag;
    }

    /** Bytes at the container's beginning that are it, or its first piece. */
    int prefix() {
        return prefix;
    }

    /** Gathers what is scattered at the container's beginning. */
    void gather(Frame frame, Output out) throws MalformedPayload {
        encode();
        out.replacePrefix(frame, prefix, prefix, encoded);
        outPrefix = encoded.size();
    }

    /** Writes it if it was edited since it was shown or applied last. */
    void apply(Frame frame, Output out) throws MalformedPayload {
        if (!message.changed()) {
            return;
        }
        encode();
        out.replacePrefix(frame, prefix, outPrefix, encoded);
        outPrefix = encoded.size();
        byte[] edited = Arrays.copyOfRange(encoded.array(), encoded.size() - size, encoded.size());
        message.show(message.type(), edited, 0, edited.length);
    }

    private void encode() throws MalformedPayload {
        encoded.clear();
        if (wrapperTag == 0) {
            message.writeTo(encoded);
            size = encoded.size();
            return;
        }
        Arena content = new Arena();
        message.writeTo(content);
        size = content.size();
        encoded.writeField(wrapperTag, content.array(), 0, size);
    }
}
