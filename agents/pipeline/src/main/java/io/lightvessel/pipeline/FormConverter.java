package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;

/** Makes OTLP of payloads of one form, for components that take nothing else. */
public interface FormConverter {

    PayloadForm form();

    /**
     * The same content as an export request of the payload's signal, with as many records as the payload counts. Called
     * on many threads; the payload stays the caller's, the bytes become his.
     */
    ByteBuf toOtlp(Payload payload) throws MalformedPayload;
}
