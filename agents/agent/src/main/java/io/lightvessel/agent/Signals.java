package io.lightvessel.agent;

import sun.misc.Signal;

/**
 * Connects the process's signals with the agent. The JDK's shutdown hooks are no way to stop in order: they run at the
 * same time as those that take logging down.
 */
final class Signals {
    private Signals() {}

    static void onStop(Runnable stop) {
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), _ -> stop.run());
        }
    }

    static void onHangup(Runnable reload) {
        Signal.handle(new Signal("HUP"), _ -> Thread.ofVirtual().name("reload").start(reload));
    }
}
