package io.lightvessel.pipeline.rewrite;

/** What stands above records; a visitor is shown only the levels it asked for, since each costs a look ahead. */
public enum Level {
    RESOURCE,
    SCOPE,
    METRIC
}
