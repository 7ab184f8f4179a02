package io.lightvessel.gateway.server;

/** A processor with one core that is as busy as told. */
final class Processor {
    private long wall;
    private long used;

    CpuShare share() {
        return new CpuShare(() -> wall, () -> used, () -> used, 1);
    }

    void pass(boolean busy) {
        wall += 1_000_000;
        used += busy ? 1_000_000 : 0;
    }
}
