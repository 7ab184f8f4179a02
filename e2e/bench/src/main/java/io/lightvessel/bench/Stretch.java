package io.lightvessel.bench;

/** What happened in a stretch of time, or in several together. */
record Stretch(
        double seconds,
        long records,
        long bytes,
        long acknowledged,
        long refused,
        long offered,
        double cpuSeconds,
        double loadCpuSeconds) {

    static final Stretch NONE = new Stretch(0, 0, 0, 0, 0, 0, 0, 0);

    Stretch plus(Stretch other) {
        return new Stretch(
                seconds + other.seconds,
                records + other.records,
                bytes + other.bytes,
                acknowledged + other.acknowledged,
                refused + other.refused,
                offered + other.offered,
                cpuSeconds + other.cpuSeconds,
                loadCpuSeconds + other.loadCpuSeconds);
    }

    double recordsPerSecond() {
        return seconds == 0 ? 0 : records / seconds;
    }

    double cpuSecondsPerMillionRecords() {
        return records == 0 ? 0 : cpuSeconds / records * 1e6;
    }
}
