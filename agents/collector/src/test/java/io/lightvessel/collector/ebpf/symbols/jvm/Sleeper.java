package io.lightvessel.collector.ebpf.symbols.jvm;

/** A program that does nothing for a minute. */
final class Sleeper {
    private Sleeper() {}

    public static void main(String[] args) throws InterruptedException {
        System.out.println("ready");
        Thread.sleep(60_000);
    }
}
