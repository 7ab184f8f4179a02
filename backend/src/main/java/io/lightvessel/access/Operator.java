package io.lightvessel.access;

import io.lightvessel.tenancy.Actor;

/**
 * Someone who runs the platform. Having one is the right to manage tenants; only the operators' door makes them. It gives no role
 * in any tenant, so nothing a tenant keeps can be read with it.
 */
public final class Operator {
    private final String name;

    Operator(String name) {
        this.name = name;
    }

    Actor actor() {
        return Actor.operator(name);
    }
}
