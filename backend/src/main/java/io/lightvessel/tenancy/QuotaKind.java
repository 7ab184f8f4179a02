package io.lightvessel.tenancy;

import java.util.Locale;

/** What is counted against a quota. */
public enum QuotaKind {
    CLUSTERS,
    AGENTS,
    REVISIONS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
