package io.lightvessel.pipeline;

import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an engine can convert; makes sure that a conversion keeps the count, on which all books rest. */
final class FormConverters {

    private static final Logger LOG = LoggerFactory.getLogger(FormConverters.class);

    /** Says why there is no OTLP of a payload; there never will be, so it is not to be tried again. */
    static final class Impossible extends Exception {

        private static final long serialVersionUID = 1L;

        private final DropReason reason;

        Impossible(DropReason reason, String message) {
            super(message, null, false, false);
            this.reason = reason;
        }

        Refusal refusal() {
            return Refusal.permanent(reason, String.valueOf(getMessage()));
        }
    }

    private final Map<PayloadForm, FormConverter> converters = new EnumMap<>(PayloadForm.class);

    FormConverters(List<? extends FormConverter> converters) {
        for (FormConverter converter : converters) {
            this.converters.put(converter.form(), converter);
        }
    }

    /** A payload in OTLP with the same books; this one stays the caller's, and the result has a reference to it. */
    Payload convert(Payload payload) throws Impossible {
        FormConverter converter = converters.get(payload.form());
        if (converter == null) {
            throw new Impossible(
                    DropReason.NOT_CONVERTIBLE,
                    payload + " has the form " + name(payload) + ", of which this agent cannot make OTLP (expected: a"
                            + " component that takes it as it is)");
        }
        int records;
        ByteBuf otlp;
        try {
            otlp = converter.toOtlp(payload);
        } catch (MalformedPayload e) {
            throw new Impossible(DropReason.NOT_CONVERTIBLE, payload + " cannot be read: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the converter of {} threw, which its contract forbids", name(payload), e);
            throw new Impossible(DropReason.COMPONENT_FAILURE, payload + " cannot be converted: " + e);
        }
        try {
            records = PayloadWalk.countRecords(payload.signal(), otlp);
        } catch (MalformedPayload e) {
            otlp.release();
            throw new Impossible(
                    DropReason.COMPONENT_FAILURE, payload + " became OTLP that is malformed: " + e.getMessage());
        }
        if (records != payload.records()) {
            otlp.release();
            throw new Impossible(
                    DropReason.COMPONENT_FAILURE,
                    payload + " became OTLP of " + records + " records (expected: " + payload.records() + ")");
        }
        return payload.retain().rewritten(otlp, records);
    }

    private static String name(Payload payload) {
        return payload.form().name().toLowerCase(Locale.ROOT);
    }
}
