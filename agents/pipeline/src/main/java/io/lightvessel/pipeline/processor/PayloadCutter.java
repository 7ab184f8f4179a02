package io.lightvessel.pipeline.processor;

import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.WireReader;
import io.lightvessel.pipeline.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a request into several with at most so many records each. A cut may go through groups, scopes and metrics, down
 * to data points; what describes them is repeated on both sides, records never are.
 */
final class PayloadCutter {

    /** The fields that lead down to records, level by level; on the last one each field is a record. */
    private static final int[][] PATH = {{1}, {2}, {2}};

    private static final int[][] PATH_OF_METRICS = {{1}, {2}, {2}, {5, 7, 9, 10, 11}, {1}};

    /** A range of the original bytes, or a piece that was put together. */
    private sealed interface Part {
        int size();

        record Range(int from, int to) implements Part {
            @Override
            public int size() {
                return to - from;
            }
        }

        record Field(int tag, Piece content) implements Part {
            @Override
            public int size() {
                return WireWriter.sizeOfField(tag, content.size);
            }
        }
    }

    /** The content of a message, made of parts. */
    private static final class Piece {
        private final List<Part> parts = new ArrayList<>();
        private int size;
        private int records;

        void add(Part part, int moreRecords) {
            parts.add(part);
            size += part.size();
            records += moreRecords;
        }
    }

    private final ByteBuf bytes;
    private final int[][] path;
    private final int max;

    private PayloadCutter(Payload payload, int max) {
        this.bytes = payload.bytes();
        this.path = payload.signal() == Signal.METRICS ? PATH_OF_METRICS : PATH;
        this.max = max;
    }

    /** Takes over the payload's reference, unless it throws. */
    static List<Payload> cut(Payload whole, int max) throws MalformedPayload {
        PayloadCutter cutter = new PayloadCutter(whole, max);
        List<Piece> pieces =
                cutter.cut(0, whole.bytes().readerIndex(), whole.bytes().writerIndex(), max);
        List<Payload> payloads = new ArrayList<>();
        long receivedLeft = whole.receivedBytes();
        int recordsLeft = whole.records();
        for (Piece piece : pieces) {
            boolean last = payloads.size() == pieces.size() - 1;
            long received = last || recordsLeft == 0 ? receivedLeft : receivedLeft * piece.records / recordsLeft;
            ByteBuf out = ByteBufAllocator.DEFAULT.buffer(Math.max(1, piece.size));
            cutter.write(out, piece);
            payloads.add(whole.piece(out, piece.records, received));
            receivedLeft -= received;
            recordsLeft -= piece.records;
        }
        whole.release();
        return payloads;
    }

    /**
     * Cuts the message between two indices.
     *
     * @param room records the first piece may have; all others may have the maximum
     */
    private List<Piece> cut(int level, int from, int to, int room) throws MalformedPayload {
        List<Part> common = new ArrayList<>();
        List<Part.Range> children = new ArrayList<>();
        WireReader reader = new WireReader(bytes, from, to);
        while (reader.hasMore()) {
            int at = reader.position();
            int tag = reader.readTag();
            reader.skip(tag);
            Part.Range range = new Part.Range(at, reader.position());
            if (leadsDown(level, tag)) {
                children.add(range);
            } else {
                common.add(range);
            }
        }
        List<Piece> pieces = new ArrayList<>();
        Piece current = begin(pieces, common);
        int left = room;
        for (Part.Range child : children) {
            if (level == path.length - 1) {
                if (left == 0) {
                    current = begin(pieces, common);
                    left = max;
                }
                current.add(child, 1);
                left--;
                continue;
            }
            WireReader field = new WireReader(bytes, child.from(), child.to());
            int tag = field.readTag();
            field.readLength();
            List<Piece> cut = cut(level + 1, field.position(), child.to(), left);
            for (int i = 0; i < cut.size(); i++) {
                Piece piece = cut.get(i);
                if (i > 0) {
                    current = begin(pieces, common);
                    left = max;
                }
                if (piece.records > 0 || cut.size() == 1) {
                    current.add(new Part.Field(tag, piece), piece.records);
                    left -= piece.records;
                }
            }
        }
        return pieces;
    }

    private static Piece begin(List<Piece> pieces, List<Part> common) {
        Piece piece = new Piece();
        common.forEach(part -> piece.add(part, 0));
        pieces.add(piece);
        return piece;
    }

    private boolean leadsDown(int level, int tag) {
        if (WireReader.wireType(tag) != WireReader.LENGTH_DELIMITED) {
            return false;
        }
        for (int field : path[level]) {
            if (field == WireReader.field(tag)) {
                return true;
            }
        }
        return false;
    }

    private void write(ByteBuf out, Piece piece) {
        for (Part part : piece.parts) {
            switch (part) {
                case Part.Range range -> out.writeBytes(bytes, range.from(), range.size());
                case Part.Field field -> {
                    WireWriter.writeFieldHeader(out, field.tag(), field.content().size);
                    write(out, field.content());
                }
            }
        }
    }
}
