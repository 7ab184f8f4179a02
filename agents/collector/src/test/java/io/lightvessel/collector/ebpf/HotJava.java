package io.lightvessel.collector.ebpf;

/** Spends 40 % of its time in one method and 60 % in another. */
final class HotJava {
    private static long state = 1;

    private HotJava() {}

    public static void main(String[] arguments) {
        long rounds = Long.MAX_VALUE;
        for (long i = 0; i < rounds; i++) {
            round();
        }
        System.out.println(state);
    }

    private static void round() {
        hotA(40_000);
        hotB(60_000);
    }

    private static void hotA(int times) {
        long s = state;
        for (int i = 0; i < times; i++) {
            s = s * 6364136223846793005L + i;
        }
        state = s;
    }

    private static void hotB(int times) {
        long s = state;
        for (int i = 0; i < times; i++) {
            s = s * 6364136223846793005L + i;
        }
        state = s;
    }
}
