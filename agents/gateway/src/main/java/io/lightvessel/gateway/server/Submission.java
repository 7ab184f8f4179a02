package io.lightvessel.gateway.server;

import io.lightvessel.gateway.net.BudgetSpent;
import io.lightvessel.gateway.net.Coding;
import io.lightvessel.gateway.net.CorruptData;
import io.lightvessel.gateway.net.TooLarge;
import io.lightvessel.gateway.net.Unpacker;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Refusal;
import io.netty.buffer.ByteBuf;

/**
 * What is known of a request by its headers; puts its complete body before the service, and whatever goes wrong there
 * ends up in the answer.
 */
record Submission(Intake intake, Service service, Coding coding, String contentType, Visitor visitor) {

    /** The same for a body that turned out not to be packed. */
    Submission unpacked() {
        return coding == Coding.IDENTITY
                ? this
                : new Submission(intake, service, Coding.IDENTITY, contentType, visitor);
    }

    /** Takes over the body. */
    void submit(RequestBody body, Answer answer) {
        body.complete();
        Refusal refusal;
        try {
            Request request = request(body);
            body.taken();
            try {
                service.take(request, answer);
                return;
            } finally {
                request.release();
            }
        } catch (TooLarge e) {
            refusal = Refusal.permanent(DropReason.TOO_LARGE, String.valueOf(e.getMessage()));
        } catch (BudgetSpent e) {
            refusal = intake.overBudget(e.needed());
        } catch (CorruptData | MalformedPayload e) {
            refusal = Refusal.permanent(DropReason.MALFORMED, String.valueOf(e.getMessage()));
        }
        service.outlet().turnedAway(refusal.reason());
        answer.refused(refusal);
    }

    private Request request(RequestBody body) throws TooLarge, BudgetSpent, CorruptData {
        ByteBuf packed = body.bytes();
        if (coding == Coding.IDENTITY || !packed.isReadable()) {
            return new Request(packed, body.lease(), contentType, intake.maxBodyBytes(), visitor.metadata());
        }
        boolean unpacked = false;
        try {
            ByteBuf bytes =
                    Unpacker.current().unpack(coding, packed, intake.maxBodyBytes(), body.lease(), packed.alloc());
            unpacked = true;
            packed.release();
            return new Request(bytes, body.lease(), contentType, intake.maxBodyBytes(), visitor.metadata());
        } finally {
            if (!unpacked) {
                body.release();
            }
        }
    }
}
