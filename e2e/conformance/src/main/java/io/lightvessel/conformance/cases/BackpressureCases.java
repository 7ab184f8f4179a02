package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MUST;
import static io.lightvessel.conformance.cases.Level.SHOULD;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.lightvessel.conformance.client.GrpcAnswer;
import io.lightvessel.conformance.client.GrpcCode;
import io.lightvessel.conformance.client.GrpcConnection;
import io.lightvessel.conformance.client.GrpcRequest;
import io.lightvessel.conformance.client.HttpAnswer;
import io.lightvessel.conformance.client.HttpRequest;
import io.lightvessel.conformance.client.RpcStatus;
import io.lightvessel.conformance.client.Target.Protocol;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver says that it is busy. A burst tries to make it say so; a receiver that takes the burst, and has been
 * busy in no case before, cannot be judged.
 */
final class BackpressureCases {
    private static final String HTTP = "OTLP/HTTP Throttling";
    private static final String GRPC = "OTLP/gRPC Throttling";
    private static final int CONNECTIONS = 16;
    private static final int REQUESTS = 20;
    private static final int STREAMS = 64;
    private static final String BODY = "a".repeat(64 * 1024);

    private BackpressureCases() {}

    static List<Case> all() {
        return List.of(
                http("http.status", MUST, "busy is told with a Status", HttpExpect.statusBody()),
                http("http.retry-after", MUST, "Retry-After is whole seconds or an HTTP date", retryAfter()),
                http("http.retry-after.given", Level.MAY, "busy receivers say when to come back", given()),
                grpc("grpc.code", SHOULD, "busy is told as UNAVAILABLE", GrpcExpect.code(GrpcCode.UNAVAILABLE)),
                grpc("grpc.retry-info", MUST, "RetryInfo, if given, has a delay that is not negative", retryInfo()));
    }

    private static Expectation<HttpAnswer> given() {
        return new Expectation<>(
                "a Retry-After", answer -> answer.header("retry-after").isEmpty() ? "none" : null);
    }

    private static Expectation<HttpAnswer> retryAfter() {
        return new Expectation<>("Retry-After, if given, as seconds or a date", answer -> {
            String value = answer.header("retry-after");
            return value.isEmpty() || value.matches("[0-9]{1,9}") || isDate(value) ? null : "retry-after: " + value;
        });
    }

    private static boolean isDate(String value) {
        try {
            DateTimeFormatter.RFC_1123_DATE_TIME.parse(value);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Expectation<GrpcAnswer> retryInfo() {
        return new Expectation<>("RetryInfo, if given, with a delay", answer -> {
            RpcStatus details = answer.details();
            if (details == null) {
                return answer.header("grpc-status-details-bin").isEmpty() ? null : "the details are no Status";
            }
            for (RpcStatus.Detail detail : details.details()) {
                if (detail.type().equals("RetryInfo")) {
                    return delayFault(detail.value());
                }
            }
            return null;
        });
    }

    private static @Nullable String delayFault(ByteString info) {
        try {
            List<ByteString> delays =
                    UnknownFieldSet.parseFrom(info).getField(1).getLengthDelimitedList();
            if (delays.isEmpty()) {
                return "no retry_delay";
            }
            Duration delay = Duration.parseFrom(delays.getLast());
            return delay.getSeconds() < 0 || delay.getNanos() < 0 ? "a negative retry_delay" : null;
        } catch (InvalidProtocolBufferException e) {
            return "not a RetryInfo";
        }
    }

    private static Case http(String id, Level level, String words, Expectation<HttpAnswer> expectation) {
        HttpRequest request =
                Encoding.PROTOBUF.post(Signal.LOGS, Samples.logs(BODY).toByteArray());
        String sent = CONNECTIONS + " connections with " + REQUESTS + " times " + request.describe();
        return new Case("backpressure." + id, level, HTTP, words, Protocol.HTTP, subject -> {
            if (subject.httpRefusals().isEmpty()) {
                burst(subject, request);
            }
            for (HttpAnswer refusal : subject.httpRefusals()) {
                Result result = expectation.judge(sent, refusal, refusal.describe());
                if (result.verdict() == Verdict.FAIL) {
                    return result;
                }
            }
            List<HttpAnswer> seen = subject.httpRefusals();
            return seen.isEmpty()
                    ? Result.skip(sent, expectation.words(), "the receiver was never busy")
                    : Result.of(true, sent, expectation.words(), seen.getFirst().describe());
        });
    }

    private static void burst(Subject subject, HttpRequest request) {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            senders.add(Thread.ofVirtual()
                    .start(() -> subject.onHttp(
                            connection -> {
                                HttpAnswer answer = HttpAnswer.none("nothing was sent");
                                for (int sent = 0; sent < REQUESTS; sent++) {
                                    answer = connection.exchange(request);
                                    subject.note(answer);
                                }
                                return answer;
                            },
                            HttpAnswer::none)));
        }
        for (Thread sender : senders) {
            try {
                sender.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Case grpc(String id, Level level, String words, Expectation<GrpcAnswer> expectation) {
        GrpcRequest request =
                GrpcRequest.of(Signal.LOGS.method(), Samples.logs(BODY).toByteArray());
        String sent = STREAMS + " calls at once of " + request.describe();
        return new Case("backpressure." + id, level, GRPC, words, Protocol.GRPC, subject -> {
            if (subject.grpcRefusals().isEmpty()) {
                subject.onGrpc(connection -> burst(subject, connection, request), trouble -> 0);
            }
            for (GrpcAnswer refusal : subject.grpcRefusals()) {
                Result result = expectation.judge(sent, refusal, refusal.describe());
                if (result.verdict() == Verdict.FAIL) {
                    return result;
                }
            }
            List<GrpcAnswer> seen = subject.grpcRefusals();
            return seen.isEmpty()
                    ? Result.skip(sent, expectation.words(), "the receiver was never busy")
                    : Result.of(true, sent, expectation.words(), seen.getFirst().describe());
        });
    }

    private static int burst(Subject subject, GrpcConnection connection, GrpcRequest request) {
        List<CompletableFuture<GrpcAnswer>> calls = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            calls.add(connection.start(request));
        }
        calls.forEach(call -> subject.note(connection.await(call)));
        return calls.size();
    }
}
