package io.lightvessel.pipeline.rewrite;

import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.DropReason;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Processor;
import io.lightvessel.pipeline.ProcessorContext;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A processor that is a visitor: rewrites every request, refuses what is malformed where the visitor looks, and keeps the
 * ledger right for what is dropped. Rewriters are kept for reuse, a few of them, since they are made for one thread.
 */
public final class RewritingProcessor implements Processor {

    private static final int SPARE = 8;

    private final ProcessorContext context;
    private final DropReason reason;
    private final Supplier<Rewriter> rewriters;
    private final AtomicReferenceArray<Rewriter> spare = new AtomicReferenceArray<>(SPARE);

    /**
     * @param levels what visitors want to be shown besides records
     * @param reason what drops are counted as
     * @param visitors makes a visitor for each thread
     */
    public RewritingProcessor(
            ProcessorContext context,
            Set<Level> levels,
            DropReason reason,
            Supplier<? extends RequestVisitor> visitors) {
        this.context = context;
        this.reason = reason;
        this.rewriters = () -> new Rewriter(context.signal(), levels, visitors.get());
    }

    @Override
    public void accept(Payload payload, Result result) {
        Rewritten rewritten;
        try {
            rewritten = rewrite(payload);
        } catch (Unprocessable e) {
            context.refuse(payload, result, Refusal.permanent(e.reason(), context.id() + ": " + e.getMessage()));
            return;
        } catch (MalformedPayload e) {
            // The structural walk does not look into attributes, so this is where their damage is found.
            context.refuse(
                    payload,
                    result,
                    Refusal.permanent(
                            DropReason.MALFORMED, context.id() + ": a record cannot be read: " + e.getMessage()));
            return;
        }
        passOn(payload, rewritten, result);
    }

    private Rewritten rewrite(Payload payload) throws MalformedPayload {
        Rewriter rewriter = null;
        for (int i = 0; i < SPARE && rewriter == null; i++) {
            rewriter = spare.getAndSet(i, null);
        }
        if (rewriter == null) {
            rewriter = rewriters.get();
        }
        Rewritten rewritten = rewriter.rewrite(payload);
        // After a failure it is not put back: whatever it was in the middle of goes with it.
        for (int i = 0; i < SPARE; i++) {
            if (spare.compareAndSet(i, null, rewriter)) {
                break;
            }
        }
        return rewritten;
    }

    private void passOn(Payload payload, Rewritten rewritten, Result result) {
        if (rewritten.bytes() == null) {
            context.next().accept(payload, result);
            return;
        }
        if (rewritten.dropped() == 0) {
            context.next().accept(payload.rewritten(rewritten.bytes(), payload.records()), result);
            return;
        }
        int left = payload.records() - rewritten.dropped();
        long received = left == 0 ? 0 : Math.round((double) payload.receivedBytes() * left / payload.records());
        context.dropped(reason, new Count(rewritten.dropped(), payload.receivedBytes() - received));
        if (left == 0) {
            rewritten.bytes().release();
            payload.release();
            result.accepted();
            return;
        }
        Payload rest = payload.piece(rewritten.bytes(), left, received);
        payload.release();
        context.next().accept(rest, result);
    }
}
