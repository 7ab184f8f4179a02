package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.client.HttpRequest.JSON;
import static io.lightvessel.conformance.client.HttpRequest.PROTOBUF;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.lightvessel.conformance.client.HttpAnswer;
import io.lightvessel.conformance.client.Json;
import io.lightvessel.conformance.client.RpcStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What answers over HTTP have to be. */
final class HttpExpect {
    /** Anything else with 4xx or 5xx is final. */
    static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

    private HttpExpect() {}

    static Expectation<HttpAnswer> status(int wanted) {
        return new Expectation<>(Integer.toString(wanted), answer -> answer.status() == wanted ? null : "");
    }

    /** An error in HTTP's terms. */
    static Expectation<HttpAnswer> error() {
        return new Expectation<>("an error, 4xx or 5xx", answer -> answer.status() >= 400 ? null : "");
    }

    /** An error that a client does not answer by sending the same again. */
    static Expectation<HttpAnswer> finalError() {
        return new Expectation<>(
                "an error that is not retryable",
                answer -> answer.status() < 400
                        ? ""
                        : RETRYABLE.contains(answer.status()) ? "clients retry this for ever" : null);
    }

    /** Anything but success, a closed connection too. */
    static Expectation<HttpAnswer> notTaken() {
        return new Expectation<>("no success", answer -> answer.status() / 100 == 2 ? "" : null);
    }

    static Expectation<HttpAnswer> type(String contentType) {
        return new Expectation<>(
                "content-type " + contentType, answer -> answer.contentType().equals(contentType) ? null : "");
    }

    /** The response message of a full success. */
    static Expectation<HttpAnswer> fullSuccess(String contentType) {
        return new Expectation<>(
                "an Export...ServiceResponse without partial_success",
                answer -> contentType.equals(JSON) ? jsonFault(answer.body()) : protobufFault(answer.body()));
    }

    static @Nullable String protobufFault(byte[] body) {
        try {
            return UnknownFieldSet.parseFrom(body).hasField(1) ? "partial_success is set" : null;
        } catch (InvalidProtocolBufferException e) {
            return "not protobuf";
        }
    }

    private static @Nullable String jsonFault(byte[] body) {
        try {
            JsonNode root = Json.read(body);
            if (!root.isObject()) {
                return "not a JSON object";
            }
            return root.hasNonNull("partialSuccess") ? "partialSuccess is set" : null;
        } catch (JacksonException e) {
            return "not JSON";
        }
    }

    /** A Status in the encoding of the request. */
    static Expectation<HttpAnswer> statusBody(String contentType) {
        return new Expectation<>("a google.rpc.Status as " + contentType, answer -> {
            if (!answer.contentType().equals(contentType)) {
                return "wrong content type";
            }
            return answer.rpcStatus() == null ? "the body is no Status" : null;
        });
    }

    /** A Status in either encoding, for requests that name neither. */
    static Expectation<HttpAnswer> statusBody() {
        return new Expectation<>(
                "a google.rpc.Status as " + PROTOBUF + " or JSON",
                answer -> answer.rpcStatus() == null ? "the body is no Status" : null);
    }

    static Expectation<HttpAnswer> message() {
        return new Expectation<>("a Status with a message", answer -> {
            RpcStatus status = answer.rpcStatus();
            return status == null || status.message().isEmpty() ? "no message" : null;
        });
    }

    static Expectation<HttpAnswer> badRequest() {
        return new Expectation<>("details with a BadRequest", answer -> {
            RpcStatus status = answer.rpcStatus();
            return status == null || !status.has("BadRequest") ? "no BadRequest" : null;
        });
    }

    static Expectation<HttpAnswer> header(String name, String part) {
        return new Expectation<>(
                name + " with " + part, answer -> answer.header(name).contains(part) ? null : "no such header");
    }
}
