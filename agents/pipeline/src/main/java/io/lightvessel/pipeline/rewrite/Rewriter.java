package io.lightvessel.pipeline.rewrite;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.WireReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks requests of traces, metrics or logs for a visitor and makes the requests that its verdicts and edits result in.
 * What nobody touched is copied in runs and never looked into; nothing is allocated per record. Scopes, metrics and
 * resources all of whose records were dropped are left out. Not thread-safe; see {@link RewritingProcessor}.
 */
public final class Rewriter {

    private final RequestVisitor visitor;
    private final boolean metrics;
    private final MessageType recordType;
    private final @Nullable Described resource;
    private final @Nullable Described scope;
    private final @Nullable Described metric;
    private final Described data = new Described(0);
    private final Fields fields = new Fields();
    private final RecordCount count;
    private final Output out = new Output();
    private final Message item = new Message();
    private final Arena edited = new Arena();
    private int dropped;

    /** @param levels what the visitor wants to be shown besides records */
    public Rewriter(Signal signal, Set<Level> levels, RequestVisitor visitor) {
        if (signal == Signal.PROFILES) {
            throw new IllegalArgumentException("profiles cannot be rewritten (expected: traces, metrics or logs)");
        }
        this.visitor = visitor;
        this.metrics = signal == Signal.METRICS;
        this.recordType = signal == Signal.TRACES ? MessageType.SPAN : MessageType.LOG_RECORD;
        this.resource = levels.contains(Level.RESOURCE) ? new Described(Tags.DESCRIPTION) : null;
        this.scope = levels.contains(Level.SCOPE) ? new Described(Tags.DESCRIPTION) : null;
        this.metric = levels.contains(Level.METRIC) ? new Described(0) : null;
        this.count = new RecordCount(fields, metrics);
    }

    /**
     * Rewrites one request; the payload's reference stays the caller's.
     *
     * @throws MalformedPayload when a message the visitor looked into is not well-formed
     */
    public Rewritten rewrite(Payload payload) throws MalformedPayload {
        fields.open(payload.bytes());
        out.open(payload.bytes());
        dropped = 0;
        boolean done = false;
        try {
            visitor.begin(payload);
            request(payload.bytes().readerIndex(), payload.bytes().writerIndex());
            visitor.end();
            Rewritten rewritten = new Rewritten(out.close(), dropped);
            done = true;
            return rewritten;
        } finally {
            if (!done) {
                out.abort();
            }
            fields.close();
        }
    }

    private void request(int from, int to) throws MalformedPayload {
        for (int at = from; at < to; ) {
            fields.read(at, to);
            int next = fields.next();
            if (fields.tag() == Tags.GROUP) {
                group(at, fields.lengthAt(), fields.from(), next);
            }
            at = next;
        }
    }

    private void group(int tagAt, int lengthAt, int from, int to) throws MalformedPayload {
        Frame frame = out.enter(tagAt, lengthAt, from, to);
        Described described = resource;
        if (described != null) {
            find(described, frame);
            Verdict verdict = visitor.resource(described.show(MessageType.RESOURCE));
            if (!goesDown(verdict, described, frame, null)) {
                dropped += verdict == Verdict.DROP ? count.ofGroup(from, to) : 0;
                return;
            }
        }
        for (int at = from; at < to; ) {
            fields.read(at, to);
            int next = fields.next();
            if (fields.tag() == Tags.SCOPE_GROUP) {
                scopeGroup(frame, at, fields.lengthAt(), fields.from(), next);
            } else if (described != null && described.isScattered() && fields.tag() == Tags.DESCRIPTION) {
                omitPiece(described, frame, at, next);
            }
            at = next;
        }
        leave(described, frame, null);
    }

    private void scopeGroup(Frame parent, int tagAt, int lengthAt, int from, int to) throws MalformedPayload {
        Frame frame = out.enter(tagAt, lengthAt, from, to);
        Described described = scope;
        if (described != null) {
            find(described, frame);
            Verdict verdict = visitor.scope(described.show(MessageType.SCOPE));
            if (!goesDown(verdict, described, frame, parent)) {
                dropped += verdict == Verdict.DROP ? count.ofScope(from, to) : 0;
                return;
            }
        }
        for (int at = from; at < to; ) {
            fields.read(at, to);
            int next = fields.next();
            if (fields.tag() == Tags.RECORD) {
                if (metrics) {
                    metric(frame, at, fields.lengthAt(), fields.from(), next);
                } else {
                    item(frame, at, fields.tag(), fields.from(), next, recordType);
                }
            } else if (described != null && described.isScattered() && fields.tag() == Tags.DESCRIPTION) {
                omitPiece(described, frame, at, next);
            }
            at = next;
        }
        leave(described, frame, parent);
    }

    private void metric(Frame parent, int tagAt, int lengthAt, int from, int to) throws MalformedPayload {
        Frame frame = out.enter(tagAt, lengthAt, from, to);
        Described described = metric;
        int dataAt = -1;
        int dataTag = 0;
        boolean visits = true;
        if (described != null) {
            dataAt = findMetric(described, frame);
            Message own = described.show(MessageType.METRIC);
            Message ownData = data.show(MessageType.METRIC_DATA);
            dataTag = dataTag(dataAt, to);
            Verdict verdict = visitor.metric(own, WireReader.field(dataTag), ownData);
            if (verdict == Verdict.KEEP && ownData.changed()) {
                visits = false;
                verdict = Verdict.VISIT;
            }
            if (!goesDown(verdict, described, frame, parent)) {
                dropped += verdict == Verdict.DROP ? count.ofMetric(from, to) : 0;
                return;
            }
        }
        for (int at = from; at < to; ) {
            fields.read(at, to);
            int next = fields.next();
            if (Tags.isMetricData(fields.tag())) {
                Described shown = dataTag == fields.tag() ? data : null;
                data(frame, at, next, shown, at == dataAt, visits);
            } else if (described != null && described.isScattered()) {
                omitPiece(described, frame, at, next);
            }
            at = next;
        }
        leave(described, frame, parent);
    }

    private int dataTag(int dataAt, int to) throws MalformedPayload {
        if (dataAt < 0) {
            return 0;
        }
        fields.read(dataAt, to);
        return fields.tag();
    }

    /**
     * Goes through the points of a metric.
     *
     * @param shown what the visitor was shown of this data with the metric; null when it was not
     * @param last whether this is the last piece of it, where all that was shown belongs
     */
    private void data(Frame parent, int tagAt, int to, @Nullable Described shown, boolean last, boolean visits)
            throws MalformedPayload {
        Frame frame = out.enter(tagAt, fields.lengthAt(), fields.from(), to);
        MessageType type = Tags.pointType(fields.tag());
        if (shown != null && last) {
            begin(shown, frame);
        }
        for (int at = frame.from; at < to; ) {
            fields.read(at, to);
            int next = fields.next();
            if (fields.tag() == Tags.POINT) {
                if (visits) {
                    item(frame, at, fields.tag(), fields.from(), next, type);
                } else {
                    frame.kept();
                }
            } else if (shown != null && shown.isScattered() && !(last && at < frame.from + shown.prefix())) {
                out.omit(at, next);
            }
            at = next;
        }
        if (shown != null && last) {
            shown.apply(frame, out);
        }
        out.leaveEvenIfEmptied();
        parent.joins(frame);
    }

    private void item(Frame parent, int tagAt, int tag, int from, int to, MessageType type) throws MalformedPayload {
        int index = fields.window().load(from, to - from);
        item.show(type, fields.window().bytes(), index, index + to - from);
        if (visitor.record(item) == Verdict.DROP) {
            out.omit(tagAt, to);
            parent.dropped();
            dropped++;
            return;
        }
        parent.kept();
        if (item.changed()) {
            edited.clear();
            item.writeTo(edited);
            out.replace(tagAt, to, tag, edited);
        }
    }

    // What containers say of themselves

    private void find(Described described, Frame frame) throws MalformedPayload {
        described.clear();
        boolean first = true;
        for (int at = frame.from; at < frame.to; ) {
            fields.read(at, frame.to);
            int next = fields.next();
            if (fields.tag() == Tags.DESCRIPTION) {
                int from = fields.from();
                add(described, from, next, next - frame.from, first);
            }
            first = false;
            at = next;
        }
    }

    /** Finds a metric's fields and those of its data; returns where the data begins, -1 when there is none. */
    private int findMetric(Described described, Frame frame) throws MalformedPayload {
        described.clear();
        int dataAt = -1;
        int dataFrom = 0;
        int dataTo = 0;
        for (int at = frame.from; at < frame.to; ) {
            fields.read(at, frame.to);
            int next = fields.next();
            if (Tags.isMetricData(fields.tag())) {
                dataAt = at;
                dataFrom = fields.from();
                dataTo = next;
            } else {
                add(described, at, next, next - frame.from, dataAt < 0);
            }
            at = next;
        }
        findData(frame, dataAt, dataFrom, dataTo);
        return dataAt;
    }

    /** Data in several pieces is one message, so what the earlier pieces say is part of what the last one is shown as. */
    private void findData(Frame frame, int dataAt, int dataFrom, int dataTo) throws MalformedPayload {
        data.clear();
        if (dataAt < 0) {
            return;
        }
        fields.read(dataAt, frame.to);
        int tag = fields.tag();
        for (int at = frame.from; at < dataAt; ) {
            fields.read(at, frame.to);
            int next = fields.next();
            if (fields.tag() == tag) {
                addData(fields.from(), next, false);
            }
            at = next;
        }
        addData(dataFrom, dataTo, true);
    }

    private void addData(int from, int to, boolean last) throws MalformedPayload {
        boolean first = last;
        for (int at = from; at < to; ) {
            fields.read(at, to);
            int next = fields.next();
            if (fields.tag() == Tags.POINT) {
                first = false;
            } else {
                add(data, at, next, next - from, first);
            }
            at = next;
        }
    }

    private void add(Described described, int from, int to, int end, boolean first) {
        int index = fields.window().load(from, to - from);
        described.add(fields.window().bytes(), index, to - from, end, first);
    }

    /** Acts on the verdict about a container that was entered; false when the walk has left it again. */
    private boolean goesDown(Verdict verdict, Described described, Frame frame, @Nullable Frame parent)
            throws MalformedPayload {
        switch (verdict) {
            case VISIT -> {
                begin(described, frame);
                return true;
            }
            case KEEP -> {
                // Pieces behind the first one are left out on the way down, so a scattered description stays as it is.
                begin(described, frame);
                leaveUnseen(described, frame, parent);
                return false;
            }
            case DROP -> {
                out.leave();
                out.omit(frame.tagAt, frame.to);
                if (parent != null) {
                    parent.dropped();
                }
                return false;
            }
        }
        throw new IllegalStateException("verdict " + verdict);
    }

    private void begin(Described described, Frame frame) throws MalformedPayload {
        if (described.isScattered()) {
            described.gather(frame, out);
        }
        described.apply(frame, out);
    }

    private void omitPiece(Described described, Frame frame, int at, int next) {
        if (at >= frame.from + described.prefix()) {
            out.omit(at, next);
        }
    }

    private void leaveUnseen(Described described, Frame frame, @Nullable Frame parent) throws MalformedPayload {
        if (described.isScattered()) {
            for (int at = frame.from; at < frame.to; ) {
                fields.read(at, frame.to);
                int next = fields.next();
                if (described.isPiece(fields.tag())) {
                    omitPiece(described, frame, at, next);
                }
                at = next;
            }
        }
        leave(described, frame, parent);
    }

    private void leave(@Nullable Described described, Frame frame, @Nullable Frame parent) throws MalformedPayload {
        if (described != null) {
            described.apply(frame, out);
        }
        boolean there = out.leave();
        if (parent == null) {
            return;
        }
        if (there) {
            parent.kept();
        } else {
            parent.dropped();
        }
    }
}
