package io.lightvessel.gateway.codec;

/** Turns the symbols of a block into bytes: quickly where input and output are far from their ends, else carefully. */
final class SymbolReader {
    /** Three literals, or one match and what its copy runs over. */
    private static final int MOST_OUTPUT = DeflateFormat.MAX_MATCH + 3;

    private DecodeTable literals;
    private DecodeTable distances;
    /** A match that did not fit into the window: what is left of it. */
    private int copyLength;

    private int copyDistance;

    SymbolReader(DecodeTable literals, DecodeTable distances) {
        this.literals = literals;
        this.distances = distances;
    }

    void begin(DecodeTable newLiterals, DecodeTable newDistances) {
        literals = newLiterals;
        distances = newDistances;
        copyLength = 0;
    }

    /** {@link Progress#COMPLETE} at the end of the block. */
    Progress read(BitInput in, OutputWindow out) throws CorruptStream {
        if (copyLength > 0) {
            copy(out);
        }
        while (!out.isFull()) {
            if (in.available() >= 8 && out.position <= OutputWindow.END - MOST_OUTPUT && quickly(in, out)) {
                return Progress.COMPLETE;
            }
            Progress progress = carefully(in, out);
            if (progress != Progress.NEEDS_OUTPUT) {
                return progress;
            }
        }
        return Progress.NEEDS_OUTPUT;
    }

    /**
     * Decodes without looking at either end for each bit; true at the end of the block. Bits above the count are not
     * zero in here but what the next refill will put there again.
     */
    private boolean quickly(BitInput in, OutputWindow out) throws CorruptStream {
        int[] literalEntries = literals.entries;
        int literalMask = (1 << literals.indexBits) - 1;
        int[] distanceEntries = distances.entries;
        int distanceMask = (1 << distances.indexBits) - 1;
        byte[] from = in.bytes;
        byte[] to = out.bytes;
        int inEnd = in.end - 8;
        int outEnd = OutputWindow.END - MOST_OUTPUT;
        int low = out.low;
        int next = in.position;
        int at = out.position;
        long bits = in.bits;
        int count = in.count;
        boolean end = false;
        while (next <= inEnd && at <= outEnd) {
            bits |= (long) DeflateFormat.LONG.get(from, next) << count;
            next += 63 - count >>> 3;
            count |= 56;
            int entry = literalEntries[(int) bits & literalMask];
            if (entry < 0) {
                // Words found in the first table have eleven bits or fewer: three leave enough for any fourth one.
                to[at++] = (byte) (entry >>> DecodeTable.VALUE_SHIFT);
                bits >>>= entry;
                count -= entry & 0xFF;
                entry = literalEntries[(int) bits & literalMask];
                if (entry < 0) {
                    to[at++] = (byte) (entry >>> DecodeTable.VALUE_SHIFT);
                    bits >>>= entry;
                    count -= entry & 0xFF;
                    entry = literalEntries[(int) bits & literalMask];
                    if (entry < 0) {
                        to[at++] = (byte) (entry >>> DecodeTable.VALUE_SHIFT);
                        bits >>>= entry;
                        count -= entry & 0xFF;
                        continue;
                    }
                }
                if (next > inEnd) {
                    break;
                }
                bits |= (long) DeflateFormat.LONG.get(from, next) << count;
                next += 63 - count >>> 3;
                count |= 56;
            }
            if ((entry & DecodeTable.SPECIAL) != 0) {
                if ((entry & DecodeTable.SECOND) != 0) {
                    bits >>>= entry;
                    count -= entry & 0xFF;
                    entry = literalEntries[
                            (entry >>> DecodeTable.VALUE_SHIFT) + ((int) bits & (1 << (entry >>> 8 & 15)) - 1)];
                    if (entry < 0) {
                        to[at++] = (byte) (entry >>> DecodeTable.VALUE_SHIFT);
                        bits >>>= entry;
                        count -= entry & 0xFF;
                        continue;
                    }
                }
                if ((entry & DecodeTable.SPECIAL) != 0) {
                    bits >>>= entry;
                    count -= entry & 0xFF;
                    if ((entry & DecodeTable.END) == 0) {
                        leave(in, out, next, at, bits, count);
                        throw noSymbol(in);
                    }
                    end = true;
                    break;
                }
            }
            int length =
                    (entry >>> DecodeTable.VALUE_SHIFT) + (int) ((bits & (1L << entry) - 1) >>> (entry >>> 8 & 15));
            bits >>>= entry;
            count -= entry & 0xFF;
            entry = distanceEntries[(int) bits & distanceMask];
            if ((entry & DecodeTable.SPECIAL) != 0) {
                if ((entry & DecodeTable.SECOND) != 0) {
                    bits >>>= entry;
                    count -= entry & 0xFF;
                    entry = distanceEntries[
                            (entry >>> DecodeTable.VALUE_SHIFT) + ((int) bits & (1 << (entry >>> 8 & 15)) - 1)];
                }
                if ((entry & DecodeTable.SPECIAL) != 0) {
                    leave(in, out, next, at, bits, count);
                    throw noDistance(in);
                }
            }
            int distance =
                    (entry >>> DecodeTable.VALUE_SHIFT) + (int) ((bits & (1L << entry) - 1) >>> (entry >>> 8 & 15));
            bits >>>= entry;
            count -= entry & 0xFF;
            int source = at - distance;
            if (source < low) {
                leave(in, out, next, at, bits, count);
                throw tooFar(in, out, distance);
            }
            int copied = at + length;
            if (distance >= 8) {
                // Most matches are short: copying 24 bytes costs less than a wrong guess of how many there are.
                DeflateFormat.LONG.set(to, at, (long) DeflateFormat.LONG.get(to, source));
                DeflateFormat.LONG.set(to, at + 8, (long) DeflateFormat.LONG.get(to, source + 8));
                DeflateFormat.LONG.set(to, at + 16, (long) DeflateFormat.LONG.get(to, source + 16));
                for (at += 24, source += 24; at < copied; at += 8, source += 8) {
                    DeflateFormat.LONG.set(to, at, (long) DeflateFormat.LONG.get(to, source));
                }
            } else {
                repeat(to, at, copied, distance);
            }
            at = copied;
        }
        leave(in, out, next, at, bits, count);
        return end;
    }

    private static void leave(BitInput in, OutputWindow out, int next, int at, long bits, int count) {
        in.position = next;
        in.bits = bits & (1L << count) - 1;
        in.count = count;
        out.position = at;
    }

    /** Repeats fewer than eight bytes: as often as they fit into eight, and steps on by what is whole of them. */
    private static void repeat(byte[] to, int start, int end, int distance) {
        long pattern = 0;
        for (int i = 0; i < distance; i++) {
            pattern |= (to[start - distance + i] & 0xFFL) << 8 * i;
        }
        for (int width = 8 * distance; width < 64; width <<= 1) {
            pattern |= pattern << width;
        }
        int step = 8 - 8 % distance;
        for (int at = start; at < end; at += step) {
            DeflateFormat.LONG.set(to, at, pattern);
        }
    }

    /** One symbol: {@link Progress#NEEDS_OUTPUT} says only that it went well. */
    private Progress carefully(BitInput in, OutputWindow out) throws CorruptStream {
        in.need(48);
        int entry = literals.entries[in.peek(literals.indexBits)];
        int used = 0;
        if ((entry & (DecodeTable.LITERAL | DecodeTable.SPECIAL | DecodeTable.SECOND))
                == (DecodeTable.SPECIAL | DecodeTable.SECOND)) {
            used = literals.indexBits;
            entry = second(literals, entry, in.bits >>> used);
        }
        used += entry & 0xFF;
        if (used > in.count) {
            return Progress.NEEDS_INPUT;
        }
        if (entry < 0) {
            in.skip(used);
            out.bytes[out.position++] = (byte) (entry >>> DecodeTable.VALUE_SHIFT);
            return Progress.NEEDS_OUTPUT;
        }
        if ((entry & DecodeTable.SPECIAL) != 0) {
            in.skip(used);
            if ((entry & DecodeTable.END) == 0) {
                throw noSymbol(in);
            }
            return Progress.COMPLETE;
        }
        int length = value(entry, in.bits >>> used - (entry & 0xFF));
        entry = distances.entries[(int) (in.bits >>> used) & (1 << distances.indexBits) - 1];
        if ((entry & DecodeTable.SPECIAL) != 0 && (entry & DecodeTable.SECOND) != 0) {
            used += distances.indexBits;
            entry = second(distances, entry, in.bits >>> used);
        }
        used += entry & 0xFF;
        if (used > in.count) {
            return Progress.NEEDS_INPUT;
        }
        if ((entry & DecodeTable.SPECIAL) != 0) {
            throw noDistance(in);
        }
        copyDistance = value(entry, in.bits >>> used - (entry & 0xFF));
        copyLength = length;
        in.skip(used);
        if (out.position - copyDistance < out.low) {
            throw tooFar(in, out, copyDistance);
        }
        copy(out);
        return Progress.NEEDS_OUTPUT;
    }

    private static int second(DecodeTable table, int entry, long bits) {
        return table.entries[(entry >>> DecodeTable.VALUE_SHIFT) + ((int) bits & (1 << (entry >>> 8 & 15)) - 1)];
    }

    private static int value(int entry, long bits) {
        return (entry >>> DecodeTable.VALUE_SHIFT) + (int) ((bits & (1L << entry) - 1) >>> (entry >>> 8 & 15));
    }

    private void copy(OutputWindow out) {
        int length = Math.min(copyLength, OutputWindow.END - out.position);
        for (int i = 0; i < length; i++) {
            out.bytes[out.position] = out.bytes[out.position - copyDistance];
            out.position++;
        }
        copyLength -= length;
    }

    private static CorruptStream noSymbol(BitInput in) {
        return new CorruptStream(in.offset(), "bits that are no code word (expected: a literal or a length)");
    }

    private static CorruptStream noDistance(BitInput in) {
        return new CorruptStream(in.offset(), "bits that are no code word (expected: a distance)");
    }

    private static CorruptStream tooFar(BitInput in, OutputWindow out, int distance) {
        return new CorruptStream(
                in.offset(), "a match " + distance + " bytes back (expected: 1.." + (out.position - out.low) + ")");
    }
}
