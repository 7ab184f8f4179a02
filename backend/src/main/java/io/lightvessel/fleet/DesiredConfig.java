package io.lightvessel.fleet;

/**
 * What the agents of one role in a cluster should run.
 *
 * @param hash SHA-256 of the text's UTF-8 bytes, in hexadecimal
 * @param revision of the stack it was rendered from
 */
record DesiredConfig(String yaml, String hash, long revision) {}
