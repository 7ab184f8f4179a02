package io.lightvessel.gateway.pprof.format;

import java.util.Arrays;

/** One sample of a profile at a time: its locations, its values and where its labels lie. Reused. */
final class SampleCursor {
    static final int LOCATION = 1;
    static final int VALUE = 2;
    static final int LABEL = 3;

    private final ProfileCursor cursor = new ProfileCursor();
    private long[] locations = new long[128];
    private long[] values = new long[8];
    private int[] labelBounds = new int[16];
    private int locationCount;
    private int valueCount;
    private int labelCount;

    void read(byte[] bytes, int from, int to) throws MalformedProfile {
        locationCount = 0;
        valueCount = 0;
        labelCount = 0;
        cursor.over(bytes, from, to);
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            switch (ProfileCursor.field(tag)) {
                case LOCATION -> numbers(tag, true);
                case VALUE -> numbers(tag, false);
                case LABEL -> {
                    int outer = cursor.enter(tag, "label");
                    addLabel(cursor.position(), cursor.limit());
                    cursor.leave(outer);
                }
                default -> cursor.skip(tag);
            }
        }
    }

    /** Writers may pack repeated numbers or not. */
    private void numbers(int tag, boolean asLocations) throws MalformedProfile {
        if ((tag & 7) == ProfileCursor.VARINT) {
            add(asLocations, cursor.varint());
            return;
        }
        int outer = cursor.enter(tag, asLocations ? "location id" : "value");
        while (cursor.hasMore()) {
            add(asLocations, cursor.varint());
        }
        cursor.leave(outer);
    }

    private void add(boolean asLocation, long number) {
        if (asLocation) {
            if (locationCount == locations.length) {
                locations = Arrays.copyOf(locations, locationCount * 2);
            }
            locations[locationCount++] = number;
        } else {
            if (valueCount == values.length) {
                values = Arrays.copyOf(values, valueCount * 2);
            }
            values[valueCount++] = number;
        }
    }

    private void addLabel(int from, int to) {
        if (labelCount * 2 == labelBounds.length) {
            labelBounds = Arrays.copyOf(labelBounds, labelBounds.length * 2);
        }
        labelBounds[labelCount * 2] = from;
        labelBounds[labelCount * 2 + 1] = to;
        labelCount++;
    }

    int locations() {
        return locationCount;
    }

    long location(int index) {
        return locations[index];
    }

    int values() {
        return valueCount;
    }

    long value(int index) {
        return values[index];
    }

    int labels() {
        return labelCount;
    }

    int labelStart(int index) {
        return labelBounds[index * 2];
    }

    int labelEnd(int index) {
        return labelBounds[index * 2 + 1];
    }
}
