package io.lightvessel.config;

/** A value that is known in the cluster only, kept as it was written. */
record Placeholder(String text) {

    @Override
    public String toString() {
        return text;
    }
}
