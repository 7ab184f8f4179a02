package io.lightvessel.gateway.codec;

import org.jspecify.annotations.Nullable;

/** Reads the blocks of one deflate stream (RFC 1951) and stops, resumably, wherever input or room for output ends. */
final class BlockReader {
    private enum State {
        HEADER,
        STORED_LENGTH,
        STORED,
        CODES,
        SYMBOLS,
        DONE
    }

    private final DecodeTable literals = DecodeTable.literals();
    private final DecodeTable distances = DecodeTable.distances();
    private final CodeReader codes = new CodeReader(literals, distances);
    private final SymbolReader symbols = new SymbolReader(literals, distances);
    private @Nullable DecodeTable staticLiterals;
    private @Nullable DecodeTable staticDistances;

    private State state = State.HEADER;
    private boolean last;
    private int stored;

    void begin() {
        state = State.HEADER;
    }

    /** {@link Progress#COMPLETE} after the last block; the input then goes on with the next whole byte. */
    Progress read(BitInput in, OutputWindow out) throws CorruptStream {
        while (true) {
            switch (state) {
                case HEADER -> {
                    if (!in.need(3)) {
                        return Progress.NEEDS_INPUT;
                    }
                    header(in);
                }
                case STORED_LENGTH -> {
                    if (!storedLength(in)) {
                        return Progress.NEEDS_INPUT;
                    }
                }
                case STORED -> {
                    Progress progress = stored(in, out);
                    if (progress != Progress.COMPLETE) {
                        return progress;
                    }
                    next(in);
                }
                case CODES -> {
                    if (!codes.read(in)) {
                        return Progress.NEEDS_INPUT;
                    }
                    symbols.begin(literals, distances);
                    state = State.SYMBOLS;
                }
                case SYMBOLS -> {
                    Progress progress = symbols.read(in, out);
                    if (progress != Progress.COMPLETE) {
                        return progress;
                    }
                    next(in);
                }
                case DONE -> {
                    return Progress.COMPLETE;
                }
            }
        }
    }

    private void next(BitInput in) {
        state = last ? State.DONE : State.HEADER;
        if (last) {
            in.align();
        }
    }

    private void header(BitInput in) throws CorruptStream {
        last = in.take(1) != 0;
        int type = in.take(2);
        state = switch (type) {
            case DeflateFormat.STORED -> {
                in.align();
                yield State.STORED_LENGTH;
            }
            case DeflateFormat.STATIC -> {
                beginStatic();
                yield State.SYMBOLS;
            }
            case DeflateFormat.DYNAMIC -> {
                codes.begin();
                yield State.CODES;
            }
            default -> throw new CorruptStream(in.offset(), "block type " + type + " (expected: 0..2)");
        };
    }

    private void beginStatic() {
        DecodeTable forLiterals = staticLiterals;
        DecodeTable forDistances = staticDistances;
        if (forLiterals == null || forDistances == null) {
            forLiterals = DecodeTable.literals();
            forLiterals.build(DeflateFormat.staticLengths(), 0, 288, false);
            forDistances = DecodeTable.distances();
            forDistances.build(DeflateFormat.staticDistances(), 0, 32, false);
            staticLiterals = forLiterals;
            staticDistances = forDistances;
        }
        symbols.begin(forLiterals, forDistances);
    }

    private boolean storedLength(BitInput in) throws CorruptStream {
        if (!in.need(32)) {
            return false;
        }
        int length = in.take(16);
        int complement = in.take(16);
        if (length != (complement ^ 0xFFFF)) {
            throw new CorruptStream(
                    in.offset(),
                    "stored length " + length + " with complement " + complement + " (expected: " + (length ^ 0xFFFF)
                            + ")");
        }
        stored = length;
        in.align();
        state = State.STORED;
        return true;
    }

    private Progress stored(BitInput in, OutputWindow out) {
        int length = Math.min(stored, Math.min(in.available(), OutputWindow.END - out.position));
        System.arraycopy(in.bytes, in.position, out.bytes, out.position, length);
        in.position += length;
        out.position += length;
        stored -= length;
        if (stored == 0) {
            return Progress.COMPLETE;
        }
        return out.isFull() ? Progress.NEEDS_OUTPUT : Progress.NEEDS_INPUT;
    }
}
