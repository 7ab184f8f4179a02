package io.lightvessel.gateway.otlp;

import io.lightvessel.config.Signal;
import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.gateway.net.TooLarge;
import io.lightvessel.gateway.net.Unpacker;
import io.lightvessel.gateway.otlp.json.JsonTranscoder;
import io.lightvessel.gateway.otlp.json.MalformedJson;
import io.lightvessel.gateway.protobuf.ProtoWriter;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Outlet;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.Unpooled;

/** Makes a payload of a complete body and hands it to the pipelines; whatever goes wrong ends up in the result. */
record Submission(Intake intake, Signal signal, Coding coding, boolean json) {
    /** What transcoding takes at worst besides the JSON itself: the protobuf, and copies of the longest string. */
    private static final int JSON_OVERHEAD = 2;

    /** The same for a body that turned out not to be packed. */
    Submission unpacked() {
        return coding == Coding.IDENTITY ? this : new Submission(intake, signal, Coding.IDENTITY, json);
    }

    /** Takes over the body. */
    void submit(RequestBody body, Result result) {
        Outlet outlet = intake.outlet(signal);
        Payload payload;
        try {
            payload = payload(body);
        } catch (TooLarge e) {
            refuse(outlet, result, Refusal.permanent(DropReason.TOO_LARGE, String.valueOf(e.getMessage())));
            return;
        } catch (BudgetSpent e) {
            refuse(outlet, result, intake.overBudget(e.needed()));
            return;
        } catch (CorruptData | MalformedJson | MalformedPayload e) {
            refuse(outlet, result, Refusal.permanent(DropReason.MALFORMED, String.valueOf(e.getMessage())));
            return;
        }
        if (payload.records() == 0) {
            // The protocol lets empty envelopes succeed, and there is nothing in them for anyone.
            payload.release();
            result.accepted();
            return;
        }
        outlet.accept(payload, result);
    }

    private static void refuse(Outlet outlet, Result result, Refusal refusal) {
        outlet.turnedAway(refusal.reason());
        result.refused(refusal);
    }

    private Payload payload(RequestBody body)
            throws TooLarge, BudgetSpent, CorruptData, MalformedJson, MalformedPayload {
        ByteBudget.Lease lease = body.lease();
        ByteBuf bytes = body.bytes();
        boolean handedOver = false;
        try {
            if (coding != Coding.IDENTITY && bytes.isReadable()) {
                bytes = unpacked(bytes, lease);
            }
            if (json) {
                bytes = transcoded(bytes, lease);
            }
            lease.shrinkTo(bytes.readableBytes());
            handedOver = true;
            return Payload.walk(signal, bytes, lease);
        } finally {
            if (!handedOver) {
                bytes.release();
                lease.release();
            }
        }
    }

    private ByteBuf unpacked(ByteBuf packed, ByteBudget.Lease lease) throws TooLarge, BudgetSpent, CorruptData {
        ByteBuf bytes = coding == Coding.GZIP
                ? Unpacker.current().gzip(packed, intake.maxBodyBytes(), lease, packed.alloc())
                : Unpacker.current().zlib(packed, intake.maxBodyBytes(), lease, packed.alloc());
        packed.release();
        return bytes;
    }

    private ByteBuf transcoded(ByteBuf json, ByteBudget.Lease lease) throws MalformedJson, BudgetSpent, TooLarge {
        long share = (long) json.readableBytes() * JSON_OVERHEAD;
        if (!lease.tryGrow(share)) {
            throw new BudgetSpent(lease.bytes() + share);
        }
        ProtoWriter out = new ProtoWriter(Math.max(64, json.readableBytes() / 2));
        ByteBufInputStream in = new ByteBufInputStream(json.duplicate());
        switch (signal) {
            case TRACES -> JsonTranscoder.traces(in, out);
            case METRICS -> JsonTranscoder.metrics(in, out);
            case LOGS -> JsonTranscoder.logs(in, out);
            case PROFILES -> throw new IllegalStateException("profiles have no path yet");
        }
        if (out.size() > intake.maxBodyBytes()) {
            throw new TooLarge("the body is larger than " + intake.maxBodyBytes() + " bytes as protobuf");
        }
        json.release();
        return Unpooled.wrappedBuffer(out.array(), 0, out.size());
    }
}
