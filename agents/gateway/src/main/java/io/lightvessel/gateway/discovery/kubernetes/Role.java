package io.lightvessel.gateway.discovery.kubernetes;

import java.util.Arrays;
import java.util.List;

/** What kind of object targets are made of, in Prometheus' words. */
public enum Role {
    POD("pod"),
    SERVICE("service"),
    ENDPOINTS("endpoints"),
    ENDPOINTSLICE("endpointslice"),
    NODE("node"),
    INGRESS("ingress");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    /** As a config writes it. */
    public String word() {
        return word;
    }

    /** The words of all roles. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Role::word).toList();
    }

    /** The role of that word; it has been checked. */
    public static Role of(String word) {
        for (Role role : values()) {
            if (role.word.equals(word)) {
                return role;
            }
        }
        throw new IllegalArgumentException("role: '" + word + "' (expected: one of " + words() + ")");
    }
}
