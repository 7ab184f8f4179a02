package io.lightvessel.stack;

import java.time.Instant;

/**
 * A stack that clusters inherit from.
 *
 * @param revision the latest revision's number
 * @param clusters how many clusters inherit from it now
 */
public record Blueprint(String slug, String name, int revision, int clusters, Instant createdAt, String createdBy) {}
