package io.lightvessel.access;

/** What an API token may do: look, or also change. */
public enum ApiTokenScope {
    READ,
    WRITE
}
