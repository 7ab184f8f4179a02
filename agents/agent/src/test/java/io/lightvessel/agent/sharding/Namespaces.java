package io.lightvessel.agent.sharding;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Network namespaces joined by a bridge, each a machine of its own, and a net of addresses that all of them reach on this
 * one. Needs root and the programs ip and iptables.
 */
final class Namespaces implements AutoCloseable {
    private final int count;
    private final String name;
    private final String net;

    private Namespaces(int count) {
        // Tests of several checkouts may run on one machine.
        long own = ProcessHandle.current().pid() % 100;
        this.count = count;
        this.name = "lvs" + own;
        this.net = "10." + (100 + own) + ".";
    }

    /** Null where they cannot be had. */
    static Namespaces make(int count) throws IOException, InterruptedException {
        Namespaces made = new Namespaces(count);
        if (made.setUp()) {
            return made;
        }
        made.close();
        return null;
    }

    private boolean setUp() throws IOException, InterruptedException {
        try {
            close();
            boolean bridge = ip("link add " + name + "b type bridge")
                    && ip("addr add " + gateway() + "/24 dev " + name + "b")
                    && ip("link set " + name + "b up")
                    && ip("route add local " + net + "128.0/17 dev lo");
            for (int n = 1; bridge && n <= count; n++) {
                bridge = ip("netns add " + name + "n" + n)
                        && ip("link add " + name + "v" + n + " type veth peer name eth0 netns " + name + "n" + n)
                        && ip("link set " + name + "v" + n + " master " + name + "b up")
                        && in(n, "ip addr add " + address(n) + "/24 dev eth0")
                        && in(n, "ip link set eth0 up")
                        && in(n, "ip link set lo up")
                        && in(n, "ip route add " + net + "128.0/17 via " + gateway());
            }
            return bridge && in(1, "iptables -L -n");
        } catch (IOException e) {
            // A program is not installed.
            return false;
        }
    }

    String address(int n) {
        return net + "0." + n;
    }

    /** This machine, as the namespaces see it. */
    String gateway() {
        return net + "0.254";
    }

    /** The first half of addresses that lead to this machine, whatever follows from {@code 128} on. */
    String localNet() {
        return net;
    }

    List<String> inside(int n) {
        return List.of("ip", "netns", "exec", name + "n" + n);
    }

    /** Nothing goes between it and the other namespaces any more, though everything to this machine still does. */
    void cutOff(int n) throws IOException, InterruptedException {
        for (int other = 1; other <= count; other++) {
            if (other != n
                    && !(in(n, "iptables -A INPUT -s " + address(other) + " -j DROP")
                            && in(n, "iptables -A OUTPUT -d " + address(other) + " -j DROP"))) {
                throw new IOException("iptables refused");
            }
        }
    }

    void heal(int n) throws IOException, InterruptedException {
        if (!in(n, "iptables -F")) {
            throw new IOException("iptables refused");
        }
    }

    private boolean in(int n, String command) throws IOException, InterruptedException {
        return ip("netns exec " + name + "n" + n + " " + command);
    }

    private static boolean ip(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("ip " + arguments).split(" "))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (int n = 1; n <= count; n++) {
            ip("netns del " + name + "n" + n);
            ip("link del " + name + "v" + n);
        }
        ip("link del " + name + "b");
        ip("route del local " + net + "128.0/17 dev lo");
    }
}
