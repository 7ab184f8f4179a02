package io.lightvessel.bench;

/** Looks at the subject's memory a few times a second. */
final class Watch implements AutoCloseable {

    private static final int EVERY_MILLIS = 200;

    private final Subject subject;
    private final Thread thread = Thread.ofPlatform().daemon().name("watch").unstarted(this::run);
    private double sum;
    private double highest;
    private int looks;
    private volatile boolean done;

    private Watch(Subject subject) {
        this.subject = subject;
    }

    static Watch start(Subject subject) {
        Watch watch = new Watch(subject);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!done && subject.isAlive()) {
                look(subject.residentMebibytes());
                Thread.sleep(EVERY_MILLIS);
            }
        } catch (InterruptedException | Failure e) {
            // Whoever measures finds out that the agent is gone.
        }
    }

    private synchronized void look(double mebibytes) {
        sum += mebibytes;
        highest = Math.max(highest, mebibytes);
        looks++;
    }

    synchronized double average() {
        return looks == 0 ? 0 : sum / looks;
    }

    synchronized double highest() {
        return highest;
    }

    @Override
    public void close() {
        done = true;
    }
}
