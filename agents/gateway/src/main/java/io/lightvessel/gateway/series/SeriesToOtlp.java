package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.FormConverter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.netty.buffer.ByteBuf;

/** Converts scraped series for components that take OTLP only. */
public final class SeriesToOtlp implements FormConverter {

    @Override
    public PayloadForm form() {
        return PayloadForm.SERIES;
    }

    @Override
    public ByteBuf toOtlp(Payload payload) throws MalformedPayload {
        return new SeriesTranslator(payload.bytes()).translate();
    }
}
