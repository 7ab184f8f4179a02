package io.lightvessel.collector.ebpf.symbols.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The container that a process runs in, as its control groups tell: those of containerd, CRI-O, Docker and Podman, by
 * cgroupfs or systemd, also where a node is a container itself.
 *
 * @param containerId 64 hexadecimal digits, empty outside of containers
 * @param podUid with dashes, empty outside of pods
 */
record Cgroup(String containerId, String podUid) {
    static final Cgroup NONE = new Cgroup("", "");
    private static final int LONGEST = 64 * 1024;
    private static final Pattern ID = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");
    private static final Pattern POD = Pattern.compile(
            "pod([0-9a-f]{8}([-_])[0-9a-f]{4}\\2[0-9a-f]{4}\\2[0-9a-f]{4}\\2[0-9a-f]{12}|[0-9a-f]{32})(?![0-9a-f])");

    static Cgroup read(ProcFs proc, int pid) {
        return parse(proc.text(pid, "cgroup", LONGEST));
    }

    /** Of all hierarchies, one that tells a pod is believed before one that does not. */
    static Cgroup parse(String text) {
        Cgroup best = NONE;
        for (String line : text.split("\n")) {
            int path = line.indexOf(':', line.indexOf(':') + 1);
            if (path > 0) {
                Cgroup found = ofPath(line.substring(path + 1));
                if (best.containerId().isEmpty()
                        || best.podUid().isEmpty() && !found.podUid().isEmpty()) {
                    best = found.containerId().isEmpty() && !best.containerId().isEmpty() ? best : found;
                }
            }
        }
        return best;
    }

    /** The innermost container counts: the outer one of two is the node itself, as with kind. */
    private static Cgroup ofPath(String path) {
        String id = last(ID.matcher(path), 0);
        String pod = last(POD.matcher(path), 1).replace('_', '-');
        // Static pods from files have the sum of their file for a uid, without dashes.
        return new Cgroup(id, pod);
    }

    private static String last(Matcher matcher, int group) {
        String found = "";
        while (matcher.find()) {
            found = matcher.group(group);
        }
        return found;
    }
}
