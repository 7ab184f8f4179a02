package io.lightvessel.collector.filelog;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The beginning of a line whose end has not been written yet, with the time of its first part. */
record Partial(long timeUnixNano, byte[] text) {
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Partial that && timeUnixNano == that.timeUnixNano && Arrays.equals(text, that.text);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(timeUnixNano) * 31 + Arrays.hashCode(text);
    }

    @Override
    public String toString() {
        return "partial of " + text.length + " bytes";
    }
}
