package io.lightvessel.gateway.prometheus;

/**
 * One thing that is asked of a sender of remote write.
 *
 * @param suite the suite that names it
 * @param group the group of the suite it is in
 */
record SenderCase(Suite suite, String group, String name, Level level, Check check) {

    /** Where cases come from: Prometheus' compliance suites for senders, by the version of the protocol. */
    enum Suite {
        V2("2.0"),
        V1("1.0");

        final String label;

        Suite(String label) {
            this.label = label;
        }
    }

    /** How strongly the specification asks. */
    enum Level {
        MUST,
        SHOULD,
        MAY
    }

    /** Asks, and asserts what came of it. */
    @FunctionalInterface
    interface Check {
        void run(SenderUnderTest sender) throws Exception;
    }

    static SenderCase must(String group, String name, Check check) {
        return new SenderCase(Suite.V2, group, name, Level.MUST, check);
    }

    static SenderCase should(String group, String name, Check check) {
        return new SenderCase(Suite.V2, group, name, Level.SHOULD, check);
    }

    static SenderCase may(String group, String name, Check check) {
        return new SenderCase(Suite.V2, group, name, Level.MAY, check);
    }

    static SenderCase v1(String name, Check check) {
        return new SenderCase(Suite.V1, "1.0", name, Level.MUST, check);
    }

    @Override
    public String toString() {
        return level + " " + group + "/" + name;
    }
}
