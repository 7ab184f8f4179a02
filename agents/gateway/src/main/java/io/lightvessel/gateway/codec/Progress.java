package io.lightvessel.gateway.codec;

/** Why a decoder returned. */
public enum Progress {
    /** All input was taken; more may follow. */
    NEEDS_INPUT,
    /** The output is full, and there is more to come. */
    NEEDS_OUTPUT,
    /** The stream is complete, and so is its output. With gzip another member may follow. */
    COMPLETE
}
