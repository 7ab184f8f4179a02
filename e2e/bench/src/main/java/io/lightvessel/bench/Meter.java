package io.lightvessel.bench;

import io.lightvessel.bench.load.Load;
import io.lightvessel.bench.load.Reading;
import java.time.Duration;

/** Reads a load and the process under it at both ends of a stretch of time. */
final class Meter {

    private final Load load;
    private final Subject subject;
    private double memorySum;
    private double memoryHighest;
    private int watched;

    Meter(Load load, Subject subject) {
        this.load = load;
        this.subject = subject;
    }

    Stretch read(Duration during) throws InterruptedException {
        Reading first = load.read();
        double cpu = subject.cpuSeconds();
        double own = ownCpuSeconds();
        Thread.sleep(during);
        double cpuAfter = subject.cpuSeconds();
        double ownAfter = ownCpuSeconds();
        Reading last = load.read();
        return new Stretch(
                (last.nanos() - first.nanos()) / 1e9,
                last.deliveredRecords() - first.deliveredRecords(),
                last.deliveredBytes() - first.deliveredBytes(),
                last.acknowledgedRequests() - first.acknowledgedRequests(),
                last.refusedRequests() - first.refusedRequests(),
                last.offeredRequests() - first.offeredRequests(),
                cpuAfter - cpu,
                ownAfter - own);
    }

    /** The same with an eye on memory. */
    Stretch watch(Duration during) throws InterruptedException {
        try (Watch watch = Watch.start(subject)) {
            Stretch stretch = read(during);
            memorySum += watch.average();
            memoryHighest = Math.max(memoryHighest, watch.highest());
            watched++;
            return stretch;
        }
    }

    /** MiB on average, of all that was watched. */
    double memoryAverage() {
        return watched == 0 ? 0 : memorySum / watched;
    }

    double memoryHighest() {
        return memoryHighest;
    }

    private static double ownCpuSeconds() {
        return Subject.cpuSeconds(ProcessHandle.current().pid());
    }
}
