package io.lightvessel.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gives the agent a core of its own, as far as the machine allows. */
final class Pinning {

    private static final int AGENT_CORE = 0;
    private static final int OWN_CORE = 1;

    private final boolean possible;

    private Pinning(boolean possible) {
        this.possible = possible;
    }

    /** Leaves all to the scheduler. */
    static Pinning none() {
        return new Pinning(false);
    }

    /** Moves this process out of the agent's way. */
    static Pinning apply() {
        try {
            Process taskset = new ProcessBuilder(
                            "taskset",
                            "-a",
                            "-c",
                            "-p",
                            Integer.toString(OWN_CORE),
                            Long.toString(ProcessHandle.current().pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Pinning(taskset.waitFor() == 0);
        } catch (IOException e) {
            // No such program: figures are given, and said to be without it.
            return new Pinning(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Pinning(false);
        }
    }

    boolean isPossible() {
        return possible;
    }

    List<String> onAgentCore(List<String> command) {
        if (!possible) {
            return command;
        }
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(AGENT_CORE)));
        pinned.addAll(command);
        return pinned;
    }
}
