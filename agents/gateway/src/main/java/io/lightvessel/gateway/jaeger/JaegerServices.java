package io.lightvessel.gateway.jaeger;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.gateway.net.TooLarge;
import io.lightvessel.gateway.server.Answer;
import io.lightvessel.gateway.server.GrpcService;
import io.lightvessel.gateway.server.HttpErrors;
import io.lightvessel.gateway.server.HttpReply;
import io.lightvessel.gateway.server.HttpService;
import io.lightvessel.gateway.server.Request;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import java.util.List;

/** Jaeger's two ways in: the gRPC method PostSpans, and Thrift posted to {@code /api/traces}. */
final class JaegerServices {

    static final String POST_SPANS = "/jaeger.api_v2.CollectorService/PostSpans";
    static final String TRACES_PATH = "/api/traces";

    /** What spans take as objects, for each byte of the body; they are gone when the request is through. */
    private static final int OVERHEAD = 6;

    private JaegerServices() {}

    /** PostSpans; its response has no fields. */
    record Grpc(Outlet outlet) implements GrpcService {
        @Override
        public void take(Request request, Answer answer) throws MalformedPayload, CorruptData, TooLarge, BudgetSpent {
            request.charge((long) request.bytes().readableBytes() * OVERHEAD);
            JaegerConverter converter = new JaegerConverter();
            JaegerProto.read(request.bytes(), converter);
            deliver(payload(request, converter), answer);
        }
    }

    /** Thrift over HTTP, answered with 202 and no body. */
    record ThriftHttp(Outlet outlet) implements HttpService {

        private static final List<String> CONTENT_TYPES =
                List.of("application/x-thrift", "application/vnd.apache.thrift.binary");

        @Override
        public List<String> contentTypes() {
            return CONTENT_TYPES;
        }

        @Override
        public void take(Request request, Answer answer) throws MalformedPayload, CorruptData, TooLarge, BudgetSpent {
            request.charge((long) request.bytes().readableBytes() * OVERHEAD);
            JaegerConverter converter = new JaegerConverter();
            if (request.bytes().isReadable()) {
                JaegerThrift.read(request.bytes(), converter);
            }
            deliver(payload(request, converter), answer);
        }

        @Override
        public HttpReply success(String contentType) {
            return HttpReply.empty(202);
        }

        @Override
        public HttpReply partialSuccess(String contentType, long rejected, String message) {
            return HttpReply.empty(202);
        }

        @Override
        public HttpErrors errors() {
            return HttpErrors.TEXT;
        }
    }

    private static Payload payload(Request request, JaegerConverter converter)
            throws MalformedPayload, TooLarge, BudgetSpent {
        ProtoWriter out = new ProtoWriter(Math.max(64, request.bytes().readableBytes()));
        converter.traces().writeTo(out);
        if (out.size() > request.maxBodyBytes()) {
            throw new TooLarge("the spans are larger than " + request.maxBodyBytes() + " bytes as OTLP");
        }
        return request.payload(Signal.TRACES, Unpooled.wrappedBuffer(out.array(), 0, out.size()));
    }
}
