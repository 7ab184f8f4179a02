package io.lightvessel.conformance.cases;

import io.lightvessel.conformance.client.GrpcAnswer;
import io.lightvessel.conformance.client.GrpcCode;
import io.lightvessel.conformance.client.RpcStatus;
import java.util.Arrays;

/** What answers over gRPC have to be. */
final class GrpcExpect {

    private GrpcExpect() {}

    static Expectation<GrpcAnswer> code(GrpcCode wanted) {
        return new Expectation<>(wanted.name(), answer -> answer.code() == wanted ? null : "");
    }

    static Expectation<GrpcAnswer> ok() {
        return code(GrpcCode.OK);
    }

    static Expectation<GrpcAnswer> httpStatus(int wanted) {
        return new Expectation<>(
                ":status " + wanted, answer -> answer.header(":status").equals(Integer.toString(wanted)) ? null : "");
    }

    /** An error in gRPC's terms that a client does not answer by sending the same again. */
    static Expectation<GrpcAnswer> finalError() {
        return new Expectation<>("an error that is not retryable", answer -> {
            GrpcCode code = answer.code();
            if (code == null || code == GrpcCode.OK) {
                return "";
            }
            return code.isRetryable() || hasRetryInfo(answer) ? "clients retry this for ever" : null;
        });
    }

    /** Anything but success, a reset stream too. */
    static Expectation<GrpcAnswer> notTaken() {
        return new Expectation<>("no success", answer -> answer.code() == GrpcCode.OK ? "" : null);
    }

    static Expectation<GrpcAnswer> noRetryInfo() {
        return new Expectation<>("an error without RetryInfo", answer -> {
            if (answer.code() == null || answer.code() == GrpcCode.OK) {
                return "";
            }
            return hasRetryInfo(answer) ? "RetryInfo makes it retryable" : null;
        });
    }

    private static boolean hasRetryInfo(GrpcAnswer answer) {
        RpcStatus details = answer.details();
        return details != null && details.has("RetryInfo");
    }

    static Expectation<GrpcAnswer> badRequest() {
        return new Expectation<>("details with a BadRequest", answer -> {
            RpcStatus details = answer.details();
            return details == null || !details.has("BadRequest") ? "no BadRequest" : null;
        });
    }

    /** The response message of a full success. */
    static Expectation<GrpcAnswer> fullSuccess() {
        return new Expectation<>("one Export...ServiceResponse without partial_success", answer -> {
            byte[] message = answer.message();
            return message == null ? "not one plain message" : HttpExpect.protobufFault(message);
        });
    }

    static Expectation<GrpcAnswer> type() {
        return new Expectation<>("content-type application/grpc", answer -> {
            String type = answer.header("content-type");
            boolean grpc = type.equals("application/grpc")
                    || type.startsWith("application/grpc+")
                    || type.startsWith("application/grpc;");
            return grpc ? null : "content-type " + type;
        });
    }

    /** Tells which encodings a client may use, gzip among them. */
    static Expectation<GrpcAnswer> acceptsGzip() {
        return new Expectation<>("grpc-accept-encoding with gzip", answer -> {
            String listed = answer.header("grpc-accept-encoding");
            boolean gzip = Arrays.stream(listed.split(","))
                    .anyMatch(name -> name.trim().equals("gzip"));
            return gzip ? null : "grpc-accept-encoding: '" + listed + "'";
        });
    }
}
