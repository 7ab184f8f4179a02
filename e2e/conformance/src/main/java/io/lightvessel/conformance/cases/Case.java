package io.lightvessel.conformance.cases;

import io.lightvessel.conformance.client.GrpcAnswer;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.HttpAnswer;
import io.lightvessel.conformance.client.HttpRequest;
import io.lightvessel.conformance.client.Target.Protocol;

/**
 * One thing that is asked of a receiver.
 *
 * @param id its name, for {@code --only} and for talking about it
 * @param section where it is written: a section of the OTLP specification, or another document
 * @param words what is asked, in one sentence
 * @param protocol which address it needs
 */
public record Case(String id, Level level, String section, String words, Protocol protocol, Check check) {

    /** One request on a connection of its own, and what its answer has to be. */
    static Case http(
            String id,
            Level level,
            String section,
            String words,
            HttpRequest request,
            Expectation<HttpAnswer> expectation) {
        return new Case(id, level, section, words, Protocol.HTTP, subject -> {
            HttpAnswer answer = subject.http(request);
            return expectation.judge(request.describe(), answer, answer.describe());
        });
    }

    /** The same over gRPC. */
    static Case grpc(
            String id,
            Level level,
            String section,
            String words,
            GrpcRequest request,
            Expectation<GrpcAnswer> expectation) {
        return new Case(id, level, section, words, Protocol.GRPC, subject -> {
            GrpcAnswer answer = subject.grpc(request);
            return expectation.judge(request.describe(), answer, answer.describe());
        });
    }

    /** The same case, skipped where its request is not applicable. */
    Case unless(Reason reason) {
        return new Case(id, level, section, words, protocol, subject -> {
            String why = reason.toSkip(subject);
            return why.isEmpty() ? check.run(subject) : Result.skip("nothing", words, why);
        });
    }

    /** Why a case cannot be tried on a subject. */
    @FunctionalInterface
    interface Reason {

        /** Empty when it can. */
        String toSkip(Subject subject);
    }
}
