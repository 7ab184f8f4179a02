package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.grpc.RpcStatus;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.gateway.net.TooLarge;
import io.lightvessel.gateway.otlp.json.JsonTranscoder;
import io.lightvessel.gateway.otlp.json.MalformedJson;
import io.lightvessel.gateway.server.Answer;
import io.lightvessel.gateway.server.HttpErrors;
import io.lightvessel.gateway.server.HttpFault;
import io.lightvessel.gateway.server.HttpReply;
import io.lightvessel.gateway.server.HttpService;
import io.lightvessel.gateway.server.Request;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** OTLP/HTTP for one signal, in protobuf and JSON; every answer has the request's content type. */
record OtlpHttpService(Signal signal, Outlet outlet) implements HttpService {
    static final String JSON = "application/json";
    static final String PROTOBUF = "application/x-protobuf";
    static final HttpErrors ERRORS = OtlpHttpService::error;

    /** What transcoding takes at worst besides the JSON itself: the protobuf, and copies of the longest string. */
    private static final int JSON_OVERHEAD = 2;

    private static final List<String> CONTENT_TYPES = List.of(PROTOBUF, JSON);
    private static final HttpReply SUCCESS_PROTOBUF = new HttpReply(200, PROTOBUF, new byte[0]);
    private static final HttpReply SUCCESS_JSON = new HttpReply(200, JSON, utf8("{}"));

    @Override
    public List<String> contentTypes() {
        return CONTENT_TYPES;
    }

    @Override
    public void take(Request request, Answer answer) throws MalformedPayload, CorruptData, TooLarge, BudgetSpent {
        deliver(
                request.contentType().equals(JSON)
                        ? request.payload(signal, transcoded(request))
                        : request.payload(signal),
                answer);
    }

    private ByteBuf transcoded(Request request) throws CorruptData, TooLarge, BudgetSpent {
        int size = request.bytes().readableBytes();
        request.charge((long) size * JSON_OVERHEAD);
        ProtoWriter out = new ProtoWriter(Math.max(64, size / 2));
        ByteBufInputStream in = new ByteBufInputStream(request.bytes().duplicate());
        try {
            JsonTranscoder.transcode(signal, in, out);
        } catch (MalformedJson e) {
            throw new CorruptData(String.valueOf(e.getMessage()));
        }
        if (out.size() > request.maxBodyBytes()) {
            throw new TooLarge("the body is larger than " + request.maxBodyBytes() + " bytes as protobuf");
        }
        return Unpooled.wrappedBuffer(out.array(), 0, out.size());
    }

    @Override
    public HttpReply success(String contentType) {
        return contentType.equals(JSON) ? SUCCESS_JSON : SUCCESS_PROTOBUF;
    }

    @Override
    public HttpReply partialSuccess(String contentType, long rejected, String message) {
        PartialSuccess partial = new PartialSuccess(rejected, message);
        return contentType.equals(JSON)
                ? new HttpReply(200, JSON, utf8(partial.json(signal)))
                : new HttpReply(200, PROTOBUF, partial.protobuf());
    }

    @Override
    public HttpErrors errors() {
        return ERRORS;
    }

    private static HttpReply error(HttpFault fault, String contentType) {
        return contentType.equals(JSON)
                ? new HttpReply(
                        fault.status(),
                        JSON,
                        utf8(RpcStatus.json(fault.grpcStatus(), fault.message(), fault.retryAfter())))
                : new HttpReply(
                        fault.status(),
                        PROTOBUF,
                        RpcStatus.protobuf(fault.grpcStatus(), fault.message(), fault.retryAfter()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
