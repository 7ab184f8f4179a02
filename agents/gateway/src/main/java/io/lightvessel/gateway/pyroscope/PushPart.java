package io.lightvessel.gateway.pyroscope;

/**
 * One request: a push of one series, since an error says nothing about which of several series it is about.
 *
 * @param records in it, as the payload counts them
 */
record PushPart(byte[] body, int records) {}
