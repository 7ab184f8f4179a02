package io.lightvessel.stack;

import tools.jackson.databind.node.ObjectNode;

/**
 * What a revision of a cluster's stack was inherited from.
 *
 * @param revision the blueprint's revision that was used
 * @param follows whether the cluster gets a new revision when the blueprint does
 * @param override the cluster's own part, as a merge patch over the blueprint's
 */
public record Inheritance(String blueprint, int revision, boolean follows, ObjectNode override) {}
