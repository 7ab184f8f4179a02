package io.lightvessel.gateway.server;

/**
 * One unary method whose successful response is an empty message. Refusals become statuses, with RetryInfo when they
 * can be retried; a service has no say in these.
 */
public interface GrpcService extends Service {

    /** The response message to a request of which some records were rejected; empty if the protocol cannot tell. */
    default byte[] partialSuccess(long rejected, String message) {
        return new byte[0];
    }
}
