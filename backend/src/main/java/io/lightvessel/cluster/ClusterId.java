package io.lightvessel.cluster;

import java.util.UUID;

/** Identifies a cluster for good; its slug is unique within the tenant and is what people see. */
public record ClusterId(UUID value) {}
