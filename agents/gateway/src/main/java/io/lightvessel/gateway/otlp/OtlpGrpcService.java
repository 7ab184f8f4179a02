package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.server.Answer;
import io.lightvessel.gateway.server.GrpcService;
import io.lightvessel.gateway.server.Request;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Outlet;

/** The Export method of one signal: the message's bytes are the payload. */
record OtlpGrpcService(Signal signal, Outlet outlet) implements GrpcService {

    @Override
    public void take(Request request, Answer answer) throws MalformedPayload {
        deliver(request.payload(signal), answer);
    }

    @Override
    public byte[] partialSuccess(long rejected, String message) {
        return new PartialSuccess(rejected, message).protobuf();
    }
}
