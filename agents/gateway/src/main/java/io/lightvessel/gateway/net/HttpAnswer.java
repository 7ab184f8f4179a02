package io.lightvessel.gateway.net;

import java.net.http.HttpHeaders;

/** A whole response to a request. */
public record HttpAnswer(int statusCode, HttpHeaders headers, byte[] body) {}
