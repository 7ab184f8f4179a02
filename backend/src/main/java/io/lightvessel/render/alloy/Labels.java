package io.lightvessel.render.alloy;

import java.util.HashSet;
import java.util.Set;

/** Gives components labels that Alloy takes, each one once for a kind of component. */
final class Labels {
    private final Set<String> taken = new HashSet<>();

    String of(String component, String wanted) {
        String label = wanted.replaceAll("[^A-Za-z0-9_]", "_");
        if (label.isEmpty() || Character.isDigit(label.charAt(0))) {
            label = "_" + label;
        }
        String free = label;
        for (int i = 2; !taken.add(component + " " + free); i++) {
            free = label + "_" + i;
        }
        return free;
    }
}
