package io.lightvessel.gateway.server;

/** Puts errors into the terms of an HTTP protocol. */
@FunctionalInterface
public interface HttpErrors {

    /** Plain text, for protocols that do not say what the body of an error is. */
    HttpErrors TEXT = (fault, _) -> HttpReply.text(fault.status(), fault.message());

    /**
     * The answer's status must be the fault's; the server adds Retry-After, Allow and other headers by itself.
     *
     * @param contentType the request's: lower case, without parameters, empty when there was none
     */
    HttpReply render(HttpFault fault, String contentType);
}
