package io.lightvessel.gateway.zipkin;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.gateway.net.TooLarge;
import io.lightvessel.gateway.server.Answer;
import io.lightvessel.gateway.server.HttpErrors;
import io.lightvessel.gateway.server.HttpReply;
import io.lightvessel.gateway.server.HttpService;
import io.lightvessel.gateway.server.Request;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;
import java.util.List;

/** {@code POST /api/v2/spans} of Zipkin's API, in JSON and protobuf; 202 without a body when the spans were taken. */
record ZipkinService(Outlet outlet, boolean parseTags) implements HttpService {

    static final String PATH = "/api/v2/spans";

    private static final String PROTOBUF = "application/x-protobuf";
    private static final List<String> CONTENT_TYPES = List.of("application/json", PROTOBUF);

    /** What spans take as objects, for each byte of the body; they are gone when the request is through. */
    private static final int OVERHEAD = 6;

    @Override
    public List<String> contentTypes() {
        return CONTENT_TYPES;
    }

    @Override
    public void take(Request request, Answer answer) throws MalformedPayload, CorruptData, TooLarge, BudgetSpent {
        int size = request.bytes().readableBytes();
        request.charge((long) size * OVERHEAD);
        ZipkinConverter converter = new ZipkinConverter(parseTags);
        if (request.contentType().equals(PROTOBUF)) {
            ZipkinProto.read(request.bytes(), converter::add);
        } else {
            ZipkinJson.read(new ByteBufInputStream(request.bytes().duplicate()), converter::add);
        }
        ProtoWriter out = new ProtoWriter(Math.max(64, size));
        converter.traces().writeTo(out);
        if (out.size() > request.maxBodyBytes()) {
            throw new TooLarge("the spans are larger than " + request.maxBodyBytes() + " bytes as OTLP");
        }
        deliver(request.payload(Signal.TRACES, Unpooled.wrappedBuffer(out.array(), 0, out.size())), answer);
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
